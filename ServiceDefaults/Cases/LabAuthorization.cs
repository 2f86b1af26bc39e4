using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Lets only this machine's holders of the lab key pass: 403 for a foreign Host or Origin, 401 for a wrong or missing key.</summary>
internal sealed class LabAuthorization(IOptions<LabOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        // A web page of another site can make a browser call a loopback address; it cannot forge these two headers.
        if (!IsLoopback(request.Host.Host) || request.Headers.Origin.Any(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var site) || !site.IsLoopback))
            return TypedResults.Problem(title: "The lab answers this machine only.", statusCode: StatusCodes.Status403Forbidden);
        if (!HasKey(request.Headers[LabOptions.KeyHeader].ToString()))
            return TypedResults.Problem(title: $"The lab needs its key in the header {LabOptions.KeyHeader}.", statusCode: StatusCodes.Status401Unauthorized);
        return await next(context);
    }

    private static bool IsLoopback(string host) => Uri.TryCreate($"http://{host}", UriKind.Absolute, out var uri) && uri.IsLoopback;

    private bool HasKey(string key)
        => options.Value.Key.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(options.Value.Key));
}
