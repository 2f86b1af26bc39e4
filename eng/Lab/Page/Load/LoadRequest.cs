namespace Shop.Lab.Page.Load;

/// <summary>The body of <c>PUT /api/load</c>.</summary>
/// <param name="Rate">Orders per second.</param>
internal sealed record LoadRequest(int? Rate);
