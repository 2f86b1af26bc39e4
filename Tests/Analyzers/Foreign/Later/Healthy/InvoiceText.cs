using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Foreign.Later.Healthy;

public sealed class InvoiceText(ObjectPool<StringBuilder> pool)
{
    public string Render(Guid number, decimal amount)
    {
        var text = pool.Get();
        text.AppendLine($"{number:N}").Append(amount).AppendLine();
        var rendered = text.ToString();
        pool.Return(text);
        return rendered;
    }
}
