using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Activity;
using Shop.Sessions.OrderStatus;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Store;

/// <summary>Log in, read and fill the cart, log out.</summary>
internal static class SessionsApi
{
    /// <summary>Registers the store.</summary>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RedisCalls>();
        builder.AddCase<ISessionStore, LeakySessionStore, PublishedSessionStore, FixedSessionStore>(CaseCatalog.SessionStore);
    }

    /// <summary>Maps <c>/sessions</c>.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("/", LogIn).RequireFuse<ISessionStore>();
        var own = sessions.MapGroup("/{id}").RequireOwnSession();
        own.MapGet("/", GetSession).RequireFuse<ISessionStore>();
        own.MapDelete("/", LogOut).RequireFuse<ISessionStore>();
        own.MapPut("/cart/items/{sku}", SetItem).RequireFuse<ISessionStore>().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/cart/items/{sku}", RemoveItem).RequireFuse<ISessionStore>();
    }

    private static async Task<Results<Created<LogInView>, ValidationProblem>> LogIn(LogInRequest request, CaseSwitch<ISessionStore> sessions, CancellationToken cancellation)
    {
        if (request.Validate() is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);
        var id = await sessions.Current.CreateAsync(request.CustomerId!, cancellation);
        return TypedResults.Created($"/sessions/{id}", new LogInView(id));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> GetSession(string id, CaseSwitch<ISessionStore> sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        if (await sessions.Current.FindAsync(id, cancellation) is not { } session)
            return SessionGuard.Unauthorized();
        activity.Count(ActivityMetric.PageViews);
        return TypedResults.Ok(session);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogOut(string id, CaseSwitch<ISessionStore> sessions, OrderSockets sockets, CancellationToken cancellation)
    {
        if (!await sessions.Current.DeleteAsync(id, cancellation))
            return SessionGuard.Unauthorized();
        sockets.CloseSession(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult>> SetItem(
        string id, string sku, QuantityRequest request, CaseSwitch<ISessionStore> sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        var errors = SessionRequests.ValidateSku(sku).Concat(request.Validate()).ToDictionary();
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        return Answer(await sessions.Current.SetItemAsync(id, sku, request.Quantity!.Value, cancellation), activity);
    }

    private static async Task<Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult>> RemoveItem(
        string id, string sku, CaseSwitch<ISessionStore> sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        if (SessionRequests.ValidateSku(sku) is { Count: > 0 } errors)
            return TypedResults.ValidationProblem(errors);
        return Answer(await sessions.Current.RemoveItemAsync(id, sku, cancellation), activity);
    }

    private static Results<Ok<SessionView>, ValidationProblem, ProblemHttpResult> Answer(CartChange change, ActivityCounts activity)
    {
        if (change.IsFull)
            return TypedResults.Problem(title: $"The cart is full: it takes at most {FixedSessionStore.MaxItems} products.", statusCode: StatusCodes.Status409Conflict);
        if (change.Session is null)
            return SessionGuard.Unauthorized();
        activity.Count(ActivityMetric.CartChanges);
        return TypedResults.Ok(change.Session);
    }
}
