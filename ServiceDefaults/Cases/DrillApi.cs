using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// The drill's routes on each service. A drill is on in all services at once, whichever is asked: if the services of its cases were asked,
/// the trace of that request would name them.
/// </summary>
internal static class DrillApi
{
    private const int MaxCases = 2;
    private const int MaxNameLength = 100;

    /// <summary>Maps <c>PUT /drill</c>, which makes cases Leaky and hides all, and <c>DELETE /drill</c>, which undoes both.</summary>
    public static void MapDrill(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/drill", Start);
        routes.MapDelete("/drill", End);
    }

    /// <summary>A 409 problem: what was asked for would change or tell what a drill hides.</summary>
    public static ProblemHttpResult IsOn() => TypedResults.Problem(
        title: "A drill is on.",
        detail: "No case can be switched or reset until it ends. Nothing was changed.",
        statusCode: StatusCodes.Status409Conflict);

    private static async Task<Results<NoContent, ProblemHttpResult>> Start(
        DrillRequest request, CaseFlags flags, CancellationToken cancellation)
    {
        if (request.Cases is not { Count: >= 1 and <= MaxCases } cases || !cases.All(IsName))
            return NotCases();
        return await StoreAsync(() => flags.TryStartDrillAsync(cases, cancellation)) ? TypedResults.NoContent() : IsOn();
    }

    private static async Task<NoContent> End(CaseFlags flags, CancellationToken cancellation)
    {
        await StoreAsync(async () =>
        {
            await flags.EndDrillAsync(cancellation);
            return true;
        });
        return TypedResults.NoContent();
    }

    private static async Task<bool> StoreAsync(Func<Task<bool>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new UnavailableException("The store of the case flags does not respond; repeat the request.", exception);
        }
    }

    private static bool IsName(string? name) => name is { Length: >= 1 and <= MaxNameLength } && name.All(char.IsAsciiLetterOrDigit);

    private static ProblemHttpResult NotCases() => TypedResults.Problem(
        title: "A drill needs one or two cases.",
        detail: "cases is a list of one or two names of cases. Nothing was changed.",
        statusCode: StatusCodes.Status400BadRequest);
}
