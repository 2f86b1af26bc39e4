using System.Globalization;
using Shop.Lab.Cases;
using Shop.Lab.Diagnosis;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Cases.Runs;

/// <summary>A command to run.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="CaseId">The case from whose page it is started; empty if no page has started it.</param>
/// <param name="Title">What the page calls it.</param>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record RunPlan(RunKind Kind, string CaseId, string Title, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Proves a case. Its report goes to the folder that <see cref="LabRun"/> adds.</summary>
    public static RunPlan Prove(CaseStudy study) => OfLab(RunKind.Prove, study.Id, $"Prove {study.Id}", "prove", study.Id);

    /// <summary>
    /// Diagnoses the process of one replica by its id: the service's name would be ambiguous with several replicas, and during a proof.
    /// </summary>
    public static RunPlan Diagnose(CaseStudy study, ProcessInstance process)
    {
        var id = process.ProcessId.ToString(CultureInfo.InvariantCulture);
        return OfLab(
            RunKind.Diagnose, study.Id, $"Diagnose {study.Service} (replica {process.Instance}, process {id})", DiagnoseCommand.Name, id);
    }

    /// <summary>
    /// Diagnoses a process of a service that may soon be killed, writes the report into a file, and keeps the dump where that is
    /// configured.
    /// </summary>
    public static RunPlan Diagnose(string service, int processId, string report, DumpKeeping? dumps)
    {
        var id = processId.ToString(CultureInfo.InvariantCulture);
        return OfLab(
            RunKind.Diagnose, "", $"Diagnose {service} (process {id})",
            [DiagnoseCommand.Name, id, DiagnoseCommand.DumpFirst, DiagnoseCommand.Report, report, .. dumps?.Arguments ?? []]);
    }

    private static RunPlan OfLab(RunKind kind, string caseId, string title, params string[] arguments)
        => new(kind, caseId, title, "dotnet", ["exec", typeof(RunPlan).Assembly.Location, .. arguments]);
}
