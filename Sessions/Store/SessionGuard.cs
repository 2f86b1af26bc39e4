using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Store;

/// <summary>Lets a caller reach only the session that it holds. Guards run before a body or a parameter is bound.</summary>
internal static class SessionGuard
{
    /// <summary>401 where <c>X-Session-Id</c> is missing or malformed, 404 where it is not the session in the path.</summary>
    public static TBuilder RequireOwnSession<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
        => routes.Guard(context => ValueTask.FromResult(Check(context, context.Request.Headers[SessionIds.Header].ToString())))
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The same for sockets: a browser can set no headers on them, so the id in the path is enough; a header that comes must agree.</summary>
    public static TBuilder RequireOwnSessionInPath<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
        => routes.Guard(context => ValueTask.FromResult(Check(context, context.Request.Headers.TryGetValue(SessionIds.Header, out var header) ? header.ToString() : PathId(context))));

    /// <summary>401 where the session in <c>X-Session-Id</c> is missing, malformed, unknown or has expired; for routes about no session in particular.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder
        => routes.Guard(async context =>
        {
            var id = context.Request.Headers[SessionIds.Header].ToString();
            return SessionIds.IsWellFormed(id) && await context.RequestServices.GetRequiredService<CaseSwitch<ISessionStore>>().Current.TouchAsync(id, context.RequestAborted) ? null : Unauthorized();
        });

    /// <summary>The answer where a session is missing, unknown or has expired.</summary>
    public static ProblemHttpResult Unauthorized()
        => TypedResults.Problem(title: $"This route needs a valid session in the header {SessionIds.Header}.", statusCode: StatusCodes.Status401Unauthorized);

    private static TBuilder Guard<TBuilder>(this TBuilder routes, Func<HttpContext, ValueTask<ProblemHttpResult?>> check) where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"'{endpoint.DisplayName}' has nothing to guard.");
            endpoint.RequestDelegate = async context => await (await check(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context));
        });
        return routes.ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static ProblemHttpResult? Check(HttpContext context, string? held)
    {
        if (!SessionIds.IsWellFormed(held))
            return Unauthorized();
        return held == PathId(context) ? null : TypedResults.Problem(title: "There is no such session.", statusCode: StatusCodes.Status404NotFound);
    }

    private static string? PathId(HttpContext context) => context.GetRouteValue("id") as string;
}
