using System.Security.Cryptography;
using System.Text;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// Derives a cart's id from the id of its session. It is a hash: messages carry it and Redis stores it without revealing the session's id,
/// which is a credential, and both ids lead to the same entry.
/// </summary>
internal static class CartIds
{
    public static Guid Of(string sessionId) => new(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, 16));
}
