using System.CommandLine;
using Shop.Lab;
using Shop.Lab.Baselines;
using Shop.Lab.Cases;
using Shop.Lab.Cost;
using Shop.Lab.Diagnosis;
using Shop.Lab.Drills;
using Shop.Lab.Forecast;
using Shop.Lab.Limits;
using Shop.Lab.Load;
using Shop.Lab.Overhead;
using Shop.Lab.Overload;
using Shop.Lab.Page;
using Shop.Lab.Proof;
using Shop.Lab.Sizing;

var lab = new RootCommand("The Shop's lab: its page, load on the running shop, its cases, their proof and diagnosis.")
{
    PageCommand.Create(),
    LoadCommand.Create(),
    BaselineCommand.Create(),
    DrillCommand.Create(),
    CaseCommands.List(),
    CaseCommands.Switch(),
    CaseCommands.Reset(),
    CaseCommands.Collect(),
    CollectorCommand.Create(),
    ProveCommand.Create(),
    DiagnoseCommand.Create(),
    SizeCommand.Create(),
    ForecastCommand.Create(),
    OverheadCommand.Create(),
    CostCommand.Create(),
    LimitsCommand.Create(),
    LeakCommand.Create(),
    OverloadCommand.Create(),
};
return await CommandLine.RunAsync(lab, args);
