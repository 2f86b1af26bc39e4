using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Requires a loopback caller with the lab key: 403 for another Host or Origin, 401 for a wrong or missing key.</summary>
internal sealed class LabAuthorization(IOptions<LabOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        // A web page of another site can make a browser call a loopback address, but cannot forge these two headers.
        if (!IsLoopback($"http://{request.Host.Host}") || !request.Headers.Origin.All(IsLoopback))
        {
            return TypedResults.Problem(
                title: "The lab accepts requests from this machine only.", statusCode: StatusCodes.Status403Forbidden);
        }
        if (!HasKey(request.Headers[LabOptions.KeyHeader].ToString()))
        {
            return TypedResults.Problem(
                title: $"The lab requires its key in the header {LabOptions.KeyHeader}.", statusCode: StatusCodes.Status401Unauthorized);
        }
        return await next(context);
    }

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private bool HasKey(string key)
        => options.Value.Key.Length > 0
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(options.Value.Key));
}
