using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Activity;
using Shop.Sessions.OrderStatus;
using Shop.Sessions.SessionStore;

namespace Shop.Sessions.Carts;

/// <summary>The routes to log in, read and change the cart, and log out.</summary>
internal static class SessionsApi
{
    /// <summary>Registers the services of the routes.</summary>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddValidation();
        builder.AddCustomers<StoredCustomers>();
    }

    /// <summary>Maps <c>/sessions</c>.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapPost("/", LogIn).RequireFuse<ISessionStore>().ProducesValidationProblem();
        var own = sessions.MapGroup("/{id}").RequireOwnSession();
        own.MapGet("/", GetSession).RequireFuse<ISessionStore>();
        own.MapDelete("/", LogOut).RequireFuse<ISessionStore>();
        own.MapPut("/cart/items/{sku}", SetItem).RequireFuse<ISessionStore>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/cart/items/{sku}", RemoveItem).RequireFuse<ISessionStore>().ProducesValidationProblem();
    }

    private static async Task<Created<LogInView>> LogIn(
        LogInRequest request, CaseSwitch<ISessionStore> sessions, CancellationToken cancellation)
    {
        var id = await sessions.Current.CreateAsync(request.CustomerId!, cancellation);
        return TypedResults.Created($"/sessions/{id}", new LogInView(id));
    }

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult>> GetSession(
        string id, HttpRequest request, CaseSwitch<ISessionStore> sessions, ActivityCounts activity, CancellationToken cancellation)
    {
        // Here and in the other handlers, the session may have ended since it was authenticated.
        if (await sessions.Current.FindAsync(id, cancellation) is not { } session)
            return TypedResults.Challenge();
        if (!request.Headers.ContainsKey(SessionsClient.CheckHeader))
            activity.Count(ActivityMetric.PageViews);
        return TypedResults.Ok(session);
    }

    private static async Task<Results<NoContent, ChallengeHttpResult>> LogOut(
        string id, CaseSwitch<ISessionStore> sessions, OrderSockets sockets, CancellationToken cancellation)
    {
        if (!await sessions.Current.DeleteAsync(id, cancellation))
            return TypedResults.Challenge();
        sockets.CloseSession(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult>> SetItem(
        string id, [Sku] string sku, QuantityRequest request, CaseSwitch<ISessionStore> sessions, ActivityCounts activity,
        CancellationToken cancellation)
        => Answer(await sessions.Current.SetItemAsync(id, sku, request.Quantity!.Value, cancellation), activity);

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult>> RemoveItem(
        string id, [Sku] string sku, CaseSwitch<ISessionStore> sessions, ActivityCounts activity, CancellationToken cancellation)
        => Answer(await sessions.Current.RemoveItemAsync(id, sku, cancellation), activity);

    private static Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult> Answer(CartChange change, ActivityCounts activity)
    {
        if (change.IsFull)
            return TypedResults.Problem(
                title: "The cart is full.",
                detail: $"It can contain at most {FixedSessionStore.MaxItems} products.",
                statusCode: StatusCodes.Status409Conflict);
        if (change.Session is null)
            return TypedResults.Challenge();
        activity.Count(ActivityMetric.CartChanges);
        return TypedResults.Ok(change.Session);
    }
}
