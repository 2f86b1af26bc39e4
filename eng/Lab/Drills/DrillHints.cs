using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>How a case can be found without knowing it.</summary>
internal static class DrillHints
{
    /// <summary>What gives the case away, by its kind.</summary>
    public static string Of(CaseStudy study) => study.Evidence switch
    {
        Retained => $"The live heap of {study.Service} rises with its requests and does not fall after a full collection; "
            + $"`lab diagnose {study.Service}` names the root and what grows behind it.",
        Allocated => $"{study.Service} allocates much more for the same requests, and collects more often, while its live heap stays: "
            + "two dumps are alike, a trace of its allocations is not.",
        Peak => $"The heap of {study.Service} rises during single requests and falls after them; a dump taken meanwhile shows what "
            + "fills it.",
        Handles => $"{study.Service} leaves {study.Evidence.Unit}: its metrics of sockets and inotify instances, or /proc of its process, "
            + "show them.",
        _ => $"The heap of {study.Service} shows nothing; orders stay without an outcome, or have two, after a process was killed.",
    };
}
