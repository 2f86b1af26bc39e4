using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Shop.ServiceDefaults.Customers;

/// <summary>The ids of sessions: 256 random bits in base64url. They are credentials: never log one.</summary>
public static class SessionIds
{
    /// <summary>The header in which a customer's calls carry the session.</summary>
    public const string Header = "X-Session-Id";

    private const int Bytes = 32;
    private const int Length = 43;
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A new id that nobody can guess.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text could be an id at all; one that could not is never looked up nor sent on.</summary>
    public static bool IsWellFormed([NotNullWhen(true)] string? id) => id is { Length: Length } && !id.AsSpan().ContainsAnyExcept(Alphabet);
}
