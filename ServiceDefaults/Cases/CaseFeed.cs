namespace Shop.ServiceDefaults.Cases;

/// <summary>Endpoint metadata: requests to the route feed a case.</summary>
internal sealed record CaseFeed(string Case);
