using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Lab.Load;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Load;

/// <summary>The load by HTTP, for the command line and the dashboard: read it, start it or change its rate, stop it.</summary>
internal static class LoadApi
{
    /// <summary>Adds the session of the load.</summary>
    public static void AddLoad(this IServiceCollection services) => services.AddSingleton(provider => new LoadSession(
        provider.GetRequiredService<ShopAddresses>(), ShopClient.CreatePool(LoadRun.MaxInFlight),
        provider.GetRequiredService<TimeProvider>()));

    /// <summary>Maps <c>/api/load</c>, protected by the lab key.</summary>
    public static void MapLoadApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/load").RequireLabKey().ExcludeFromDescription();
        group.MapGet("/", (LoadSession load) => TypedResults.Ok(load.Read()));
        group.MapPut("/", SetRate);
        group.MapDelete("/", Stop);
    }

    private static async Task<Results<Ok<LoadView>, ProblemHttpResult>> SetRate(
        LoadRequest request, LoadSession load, CancellationToken cancellation)
    {
        if (request.Rate is not { } rate || !LoadSession.IsRate(rate))
            return OutOfRange(request.Rate);
        try
        {
            await load.SetRateAsync(rate, cancellation);
            return TypedResults.Ok(load.Read());
        }
        catch (LabException exception)
        {
            return TypedResults.Problem(
                title: "The load was not started.", detail: exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<Ok<LoadView>> Stop(LoadSession load, CancellationToken cancellation)
    {
        await load.StopAsync(cancellation);
        return TypedResults.Ok(load.Read());
    }

    private static ProblemHttpResult OutOfRange(int? rate) => TypedResults.Problem(
        title: "The rate is out of range.",
        detail: $"rate is {rate?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}; "
            + $"it can be from {LoadSession.MinRate} to {LoadSession.MaxRate} orders a second. Nothing was changed.",
        statusCode: StatusCodes.Status400BadRequest);
}
