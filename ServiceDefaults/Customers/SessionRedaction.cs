using System.Diagnostics;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Redacts the session id, a credential, in the URLs of spans.</summary>
internal sealed class SessionRedaction : BaseProcessor<Activity>
{
    private const string Prefix = "/sessions/";
    private static readonly string[] Tags = ["url.path", "url.full"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Tags)
        {
            if (data.GetTagItem(tag) is string address && Redact(address) is { } redacted)
                data.SetTag(tag, redacted);
        }
    }

    private static string? Redact(string address)
    {
        var start = address.IndexOf(Prefix, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += Prefix.Length;
        var length = address.AsSpan(start).IndexOfAny('/', '?');
        return string.Concat(address.AsSpan(0, start), "{id}", length < 0 ? [] : address.AsSpan(start + length));
    }
}
