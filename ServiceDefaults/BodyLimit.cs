using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.ServiceDefaults;

/// <summary>Rejects a request whose Content-Length exceeds the limit of its route, before its body is read.</summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this WebApplication app) => app.Use(RejectTooLargeAsync);

    private static Task RejectTooLargeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit
            || !(context.Request.ContentLength > limit.MaxRequestBodySize))
            return next(context);
        // Without a limit Kestrel drains the body for up to five seconds. With the limit it resets the connection while the
        // client is still sending, and most clients then report a broken pipe instead of the response.
        limit.MaxRequestBodySize = null;
        return TypedResults.Problem(title: BadRequestHandler.TooLarge, statusCode: StatusCodes.Status413PayloadTooLarge)
            .ExecuteAsync(context);
    }
}
