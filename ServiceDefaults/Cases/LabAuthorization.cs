using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Requires a loopback caller, or a configured host, and the lab key: 403 for another Host or Origin, 401 for a wrong or missing key.
/// </summary>
internal sealed class LabAuthorization(IOptions<LabOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!options.Value.Accepts(request))
            return LocalRequests.Refuse();
        if (!options.Value.HasKey(request.Headers[LabOptions.KeyHeader].ToString()))
        {
            return TypedResults.Problem(
                title: $"The lab requires its key in the header {LabOptions.KeyHeader}.", statusCode: StatusCodes.Status401Unauthorized);
        }
        return await next(context);
    }
}
