using System.CommandLine;
using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Load;

var lab = new RootCommand("The Shop's lab: load on the running shop, and its cases.")
{
    LoadCommand.Create(),
    CaseCommands.List(),
    CaseCommands.Switch(),
    CaseCommands.Reset(),
    CaseCommands.Collect(),
};
return await CommandLine.RunAsync(lab, args);
