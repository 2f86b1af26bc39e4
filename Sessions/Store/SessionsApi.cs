using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Activity;
using Shop.Sessions.OrderStatus;

namespace Shop.Sessions.Store;

/// <summary>Log in, read and fill the cart, log out.</summary>
internal static class SessionsApi
{
    /// <summary>Registers the store.</summary>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RedisCalls>();
        builder.Services.AddSingleton<SessionStore>();
    }

    /// <summary>Maps <c>/sessions</c>.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("/", LogIn);
        var own = sessions.MapGroup("/{id}").RequireOwnSession();
        own.MapGet("/", GetSession);
        own.MapDelete("/", LogOut);
        own.MapPut("/cart/items/{sku}", SetItem);
        own.MapDelete("/cart/items/{sku}", RemoveItem);
    }

    private static async Task<Results<Created<LogInView>, ValidationProblem>> LogIn(LogInRequest request, SessionStore sessions, CancellationToken cancellation)
    {
        if (request.Validate() is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);
        var id = await sessions.CreateAsync(request.CustomerId!, cancellation);
        return TypedResults.Created($"/sessions/{id}", new LogInView(id));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> GetSession(string id, SessionStore sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } session)
            return SessionGuard.Unauthorized();
        activity.Count(ActivityMetric.PageViews);
        return TypedResults.Ok(session);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogOut(string id, SessionStore sessions, OrderSockets sockets, CancellationToken cancellation)
    {
        if (!await sessions.DeleteAsync(id, cancellation))
            return SessionGuard.Unauthorized();
        sockets.CloseSession(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult>> SetItem(
        string id, string sku, QuantityRequest request, SessionStore sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        var errors = SessionRequests.ValidateSku(sku).Concat(request.Validate()).ToDictionary();
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        return Answer(await sessions.SetItemAsync(id, sku, request.Quantity!.Value, cancellation), activity);
    }

    private static async Task<Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult>> RemoveItem(
        string id, string sku, SessionStore sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        if (SessionRequests.ValidateSku(sku) is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);
        return Answer(await sessions.RemoveItemAsync(id, sku, cancellation), activity);
    }

    private static Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult> Answer(CartChange change, ActivityCounts activity)
    {
        if (change.IsFull)
            return TypedResults.Problem(title: $"The cart is full: it takes at most {SessionStore.MaxItems} products.", statusCode: StatusCodes.Status409Conflict);
        if (change.Session is null)
            return SessionGuard.Unauthorized();
        activity.Count(ActivityMetric.CartChanges);
        return TypedResults.Ok(change.Session);
    }
}
