using System.Net;

namespace Shop.Lab.Load;

/// <summary>A route of the customers' API as shoppers use it: its name in counts and errors, its service, and what it must answer.</summary>
internal sealed class ShopRoute
{
    private static readonly List<ShopRoute> Routes = [];

    public static readonly ShopRoute Products = new(HttpMethod.Get, "orders", "/products");
    public static readonly ShopRoute LogIn = new(HttpMethod.Post, "sessions", "/sessions", HttpStatusCode.Created);
    public static readonly ShopRoute Session = new(HttpMethod.Get, "sessions", "/session");
    public static readonly ShopRoute SetItem = new(HttpMethod.Put, "sessions", "/session/cart/items/{sku}");
    public static readonly ShopRoute RemoveItem = new(HttpMethod.Delete, "sessions", "/session/cart/items/{sku}");
    public static readonly ShopRoute LogOut = new(HttpMethod.Delete, "sessions", "/session", HttpStatusCode.NoContent);
    public static readonly ShopRoute Activity = new(HttpMethod.Get, "sessions", "/activity/{metric}");
    public static readonly ShopRoute Place = new(HttpMethod.Post, "orders", "/orders", HttpStatusCode.Accepted);
    public static readonly ShopRoute Order = new(HttpMethod.Get, "orders", "/orders/{id}");
    public static readonly ShopRoute List = new(HttpMethod.Get, "orders", "/orders");
    public static readonly ShopRoute Search = new(HttpMethod.Get, "orders", "/orders?search=");
    public static readonly ShopRoute Summary = new(HttpMethod.Get, "orders", "/orders/summary");
    public static readonly ShopRoute Export = new(HttpMethod.Get, "orders", "/orders/export");
    public static readonly ShopRoute Payment = new(HttpMethod.Get, "payments", "/payments/{orderId}");
    public static readonly ShopRoute Upload = new(HttpMethod.Post, "documents", "/documents", HttpStatusCode.Created);
    public static readonly ShopRoute OfOrder = new(HttpMethod.Get, "documents", "/documents?orderId=");
    public static readonly ShopRoute Document = new(HttpMethod.Get, "documents", "/documents/{id}");
    public static readonly ShopRoute Thumbnail = new(HttpMethod.Get, "documents", "/documents/{id}/thumbnail");
    public static readonly ShopRoute Preview = new(HttpMethod.Get, "documents", "/documents/{id}/preview");
    public static readonly ShopRoute Report = new(HttpMethod.Get, "documents", "/documents/{id}/report");
    public static readonly ShopRoute Content = new(HttpMethod.Get, "documents", "/documents/{id}/content");

    private ShopRoute(HttpMethod method, string service, string pattern, HttpStatusCode expected = HttpStatusCode.OK)
    {
        Method = method;
        Service = service;
        Name = $"{method} {pattern}";
        Expected = expected;
        Index = Routes.Count;
        Routes.Add(this);
    }

    /// <summary>Every route, in the order of a customer's visit.</summary>
    public static IReadOnlyList<ShopRoute> All => Routes;

    public HttpMethod Method { get; }

    public string Service { get; }

    /// <summary>Method and pattern; without ids, so that there are few names and none holds a credential.</summary>
    public string Name { get; }

    public HttpStatusCode Expected { get; }

    /// <summary>The route's place in <see cref="All"/>.</summary>
    public int Index { get; }
}

/// <summary>One call of a route.</summary>
/// <param name="Route">The route.</param>
/// <param name="Path">The path with its ids and query.</param>
/// <param name="SessionId">Whose call it is.</param>
/// <param name="Body">What is sent.</param>
/// <param name="ContentType">The media type of what is sent.</param>
/// <param name="IdempotencyKey">The key under which a repetition is the same order.</param>
internal readonly record struct ShopCall(
    ShopRoute Route, string Path, string? SessionId = null, byte[]? Body = null, string ContentType = "application/json", string? IdempotencyKey = null);
