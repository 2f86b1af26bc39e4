using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Protects routes by the lab key.</summary>
public static class LabAuthorizationExtensions
{
    /// <summary>
    /// Requires the key of <see cref="LabOptions"/> in the header <see cref="LabOptions.KeyHeader"/>, and a caller that
    /// <see cref="LabOptions.Accepts"/> accepts.
    /// </summary>
    public static RouteGroupBuilder RequireLabKey(this RouteGroupBuilder routes)
        => routes.AddEndpointFilter<RouteGroupBuilder, LabAuthorization>();
}
