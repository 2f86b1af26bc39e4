using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Foreign.Later.Defects;

public sealed class InvoiceText(ObjectPool<StringBuilder> pool)
{
    public string Render(Guid number, decimal amount)
    {
        var text = pool.Get();
        text.AppendLine(number.ToString("N").ToUpperInvariant());
        text.AppendLine(amount.ToString("F2"));
        var rendered = text.ToString();
        pool.Return(text);
        return rendered;
    }
}
