using System.CommandLine;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Page;

/// <summary>The command <c>page</c>: the Lab's web page, which the AppHost starts as the resource <c>lab</c>.</summary>
internal static class PageCommand
{
    public static Command Create()
    {
        var command = new Command("page", "Serves the Lab's page: the services live, the cases with their code and proof, the load.");
        var key = LabKey.AddOption(command);
        var addresses = ShopAddresses.AddOptions(command);
        var dumps = DumpKeeping.AddOptions(command);
        command.SetCancellableAction(async (parsed, stop) =>
        {
            await using var page = PageServer.Create(addresses(parsed), key(parsed), dumps(parsed));
            await page.RunAsync(stop);
            return CommandLine.Done;
        });
        return command;
    }
}
