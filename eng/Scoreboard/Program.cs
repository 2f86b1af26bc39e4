using System.CommandLine;
using Shop.Scoreboard;

return await new RootCommand("What analyzers find in the Shop's cases, and in other code.")
{
    BoardCommand.Create(),
    BoardCommand.CreateOthers(),
    BoardCommand.CreateChecklist(),
    ScanCommand.Create(),
}.Parse(args).InvokeAsync();
