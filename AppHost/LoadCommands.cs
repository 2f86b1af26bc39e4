using System.Globalization;

namespace Shop.AppHost;

/// <summary>Adds the dashboard's commands that start and stop the load, which the Lab's page makes.</summary>
internal static class LoadCommands
{
    private const string Route = "/api/load";
    private const string Rate = "rate";
    // At 20 a second, two cores are busy with the shop, and the dashboard shows its charts a minute late.
    private const int DefaultRate = 10;

    /// <summary>Adds them.</summary>
    public static IResourceBuilder<ProjectResource> WithLoadCommands(
        this IResourceBuilder<ProjectResource> lab, IResourceBuilder<ParameterResource> labKey)
        => lab.WithLabCommand("start-load", "Start the load", labKey, _ => Route, new HttpCommandOptions
        {
            Method = HttpMethod.Put,
            Description = "Seeded shoppers place orders; while they do, changes their rate.",
            IconName = "Play",
            IsHighlighted = true,
            Arguments =
            [
                new InteractionInput
                {
                    Name = Rate,
                    Label = "Orders per second, 1 to 200",
                    InputType = InputType.Number,
                    Value = $"{DefaultRate}",
                    Required = true,
                },
            ],
        }, arguments => new { rate = ReadRate(arguments) })
        .WithLabCommand("stop-load", "Stop the load", labKey, _ => Route, new HttpCommandOptions
        {
            Method = HttpMethod.Delete,
            Description = "No more shoppers come; those that are in the shop finish.",
            IconName = "Stop",
        });

    // The route says what is wrong with a rate.
    private static int? ReadRate(InteractionInputCollection arguments)
        => int.TryParse(arguments.GetString(Rate), CultureInfo.InvariantCulture, out var rate) ? rate : null;
}
