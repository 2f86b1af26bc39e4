using Microsoft.AspNetCore.Http.HttpResults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.ActivityLog;
using Shop.Sessions.ActivityMetrics;
using Shop.Sessions.SessionStore;
using Shop.Sessions.Sockets;

namespace Shop.Sessions.Carts;

/// <summary>The routes to log in, read and change the cart, and log out.</summary>
internal static class SessionsApi
{
    /// <summary>Registers the services of the routes.</summary>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SessionsOptions>().BindConfiguration(SessionsOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<CartActivities>();
        builder.Services.AddValidation();
        builder.AddCustomers<StoredCustomers>();
    }

    /// <summary>Maps <c>POST /sessions</c> and <c>/session</c>, the session of the header: a URL must not contain a credential.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sessions", LogIn).WithTags("Sessions").Feeds<SessionStoreCase>().ProducesValidationProblem();
        var own = routes.MapGroup("/session").WithTags("Sessions").RequireCustomer();
        own.MapGet("/", GetSession).Feeds<SessionStoreCase>().Feeds<ActivityMetricsCase>();
        own.MapDelete("/", LogOut).Feeds<SessionStoreCase>();
        own.MapPut("/cart/items/{sku}", SetItem).Feeds<SessionStoreCase>().Feeds<ActivityLogCase>().Feeds<ActivityMetricsCase>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/cart/items/{sku}", RemoveItem).Feeds<SessionStoreCase>().Feeds<ActivityLogCase>().Feeds<ActivityMetricsCase>()
            .ProducesValidationProblem();
    }

    private static async Task<Created<LogInView>> LogIn(
        LogInRequest request, CaseSwitch<ISessionStore> sessions, CancellationToken cancellation)
    {
        var id = await sessions.Current.CreateAsync(request.CustomerId!, cancellation);
        return TypedResults.Created("/session", new LogInView(id));
    }

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult>> GetSession(
        HttpRequest request, Customer customer, CaseSwitch<ISessionStore> sessions, CaseSwitch<IActivityMetrics> metrics,
        CancellationToken cancellation)
    {
        // Here and in the other handlers, the session may have ended since it was authenticated.
        if (await sessions.Current.FindAsync(customer.SessionId, cancellation) is not { } session)
            return TypedResults.Challenge();
        if (!request.Headers.ContainsKey(SessionsClient.CheckHeader))
            metrics.Current.Record(ActivityMetric.PageViews, sku: null);
        return TypedResults.Ok(session);
    }

    private static async Task<Results<NoContent, ChallengeHttpResult>> LogOut(
        Customer customer, CaseSwitch<ISessionStore> sessions, OrderSockets sockets, CancellationToken cancellation)
    {
        if (!await sessions.Current.DeleteAsync(customer.SessionId, cancellation))
            return TypedResults.Challenge();
        sockets.CloseSession(customer.SessionId);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult>> SetItem(
        Customer customer, [Sku] string sku, QuantityRequest request, CaseSwitch<ISessionStore> sessions, CartActivities activities,
        CancellationToken cancellation)
        => Answer(
            await sessions.Current.SetItemAsync(customer.SessionId, sku, request.Quantity!.Value, cancellation), sku,
            request.Quantity.Value, activities);

    private static async Task<Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult>> RemoveItem(
        Customer customer, [Sku] string sku, CaseSwitch<ISessionStore> sessions, CartActivities activities, CancellationToken cancellation)
        => Answer(await sessions.Current.RemoveItemAsync(customer.SessionId, sku, cancellation), sku, quantity: 0, activities);

    private static Results<Ok<SessionView>, ChallengeHttpResult, ProblemHttpResult> Answer(
        CartChange change, string sku, int quantity, CartActivities activities)
    {
        if (change.IsFull)
            return TypedResults.Problem(
                title: "The cart is full.",
                detail: $"It can contain at most {FixedSessionStore.MaxItems} products.",
                statusCode: StatusCodes.Status409Conflict);
        if (change.Session is null)
            return TypedResults.Challenge();
        activities.Add(change.Session, sku, quantity);
        return TypedResults.Ok(change.Session);
    }
}
