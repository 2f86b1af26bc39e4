using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Drills;

/// <summary>The drill by HTTP, for the command line: start it, answer, read it, end it.</summary>
internal static class DrillApi
{
    /// <summary>Adds the session of the drill.</summary>
    public static void AddDrill(this IServiceCollection services)
    {
        services.AddSingleton<DrillSession>();
        services.AddHostedService<DrillWatch>();
    }

    /// <summary>Maps <c>/api/drill</c>, protected by the lab key.</summary>
    public static void MapDrillApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/drill").RequireLabKey().ExcludeFromDescription();
        group.MapGet("/", (DrillSession drill) => TypedResults.Ok(drill.Read()));
        group.MapPut("/", Start);
        group.MapPost("/answers", Answer);
        group.MapDelete("/", End);
    }

    private static Task<Results<Ok<DrillView>, ProblemHttpResult>> Start(
        DrillStart request, DrillSession drill, CancellationToken cancellation)
        => AnsweredAsync("The drill was not started.", async () =>
        {
            if (request is not { Level: { } level, Seed: { } seed })
                throw new LabException("level and seed are needed.", CommandLine.BadArguments);
            await drill.StartAsync(level, seed, cancellation);
            return drill.Read();
        });

    private static Task<Results<Ok<DrillReply>, ProblemHttpResult>> Answer(
        DrillAnswer answer, DrillSession drill, CancellationToken cancellation)
        => AnsweredAsync("The answer was not judged.", async () =>
        {
            var verdict = await drill.AnswerAsync(answer, cancellation);
            return new DrillReply(verdict, drill.Read());
        });

    private static Task<Results<Ok<DrillView>, ProblemHttpResult>> End(DrillSession drill, CancellationToken cancellation)
        => AnsweredAsync("The drill was not ended.", async () =>
        {
            await drill.EndAsync(cancellation);
            return drill.Read();
        });

    private static async Task<Results<Ok<T>, ProblemHttpResult>> AnsweredAsync<T>(string title, Func<Task<T>> act)
    {
        try
        {
            return TypedResults.Ok(await act());
        }
        catch (LabException exception)
        {
            return TypedResults.Problem(title: title, detail: exception.Message, statusCode:
                exception.ExitCode == CommandLine.BadArguments ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
        }
    }
}
