using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.ServiceDefaults;

/// <summary>Refuses a body that announces itself as larger than its route takes, before any of it is read.</summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this WebApplication app) => app.Use(RefuseAsync);

    private static Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit || !(context.Request.ContentLength > limit.MaxRequestBodySize))
            return next(context);
        // Without a limit Kestrel reads on for at most five seconds and throws away what comes; with it, it resets the
        // connection under the sender, and most clients then report a broken pipe instead of the answer.
        limit.MaxRequestBodySize = null;
        return TypedResults.Problem(title: BadRequestHandler.TooLarge, statusCode: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
    }
}
