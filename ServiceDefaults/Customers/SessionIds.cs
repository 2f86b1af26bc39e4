using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Shop.ServiceDefaults.Customers;

/// <summary>Session ids: 256 random bits in base64url. They are credentials and must not be logged.</summary>
public static class SessionIds
{
    /// <summary>The request header that contains the session id.</summary>
    public const string Header = "X-Session-Id";

    /// <summary>The prefix of the WebSocket subprotocol that contains the session id, for browsers, which cannot set the header.</summary>
    public const string SubProtocolPrefix = "shop.session.";

    private const int Bytes = 32;
    private const int Length = 43;
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Creates an id that cannot be guessed.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text has the format of an id; other texts are neither looked up nor forwarded.</summary>
    public static bool IsWellFormed([NotNullWhen(true)] string? id)
        => id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>Returns the id that the offered subprotocols contain, or null.</summary>
    internal static string? FromSubProtocols(IEnumerable<string> offered)
        => offered.FirstOrDefault(protocol => protocol.StartsWith(SubProtocolPrefix, StringComparison.Ordinal))
            ?[SubProtocolPrefix.Length..];
}
