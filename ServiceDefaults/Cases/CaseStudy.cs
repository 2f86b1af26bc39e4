namespace Shop.ServiceDefaults.Cases;

/// <summary>What a case's evidence is and how its proof judges it.</summary>
public enum CaseKind
{
    /// <summary>Live bytes grow with each operation; there is a root to name.</summary>
    Retained,
    /// <summary>Bytes allocated per operation, collections and pauses.</summary>
    Allocated,
    /// <summary>Heap above its baseline during one operation.</summary>
    Peak,
    /// <summary>Sockets, watches, descriptors that outlive their use.</summary>
    Handles,
    /// <summary>Work that was accepted and is lost, doubled or unexpected.</summary>
    Loss,
    /// <summary>A measured matrix of runtime settings; a report only.</summary>
    Setting,
}

/// <summary>The implementations of a case.</summary>
public enum CaseVariant
{
    /// <summary>The right fix.</summary>
    Fixed,
    /// <summary>The code of the incident.</summary>
    Leaky,
    /// <summary>The article's own fix, where that fix is itself defective.</summary>
    Published,
}

/// <summary>One memory failure from a production incident: its facts stand here once, and the dashboard, the tests, the proof and the README read them.</summary>
public sealed record CaseStudy
{
    /// <summary>The name of the case: its folder, flag, test class and metric tag.</summary>
    public required string Id { get; init; }

    /// <summary>The service (resource name in the AppHost) that carries it.</summary>
    public required string Service { get; init; }

    /// <summary>What its evidence is.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The article, its section and what it reported.</summary>
    public required CaseSeed Seed { get; init; }

    /// <summary>The shop traffic that feeds it.</summary>
    public required string FedBy { get; init; }

    /// <summary>What an operator sees.</summary>
    public required string Symptom { get; init; }

    /// <summary>Who holds the memory under Leaky, root first; null where nothing is retained.</summary>
    public string? RetentionPath { get; init; }

    /// <summary>What the article's fix gets wrong; null where it has no Published variant.</summary>
    public string? PublishedDefect { get; init; }

    /// <summary>What bounds Fixed and when it releases.</summary>
    public required string Bound { get; init; }

    /// <summary>The variants that can be switched while the service runs.</summary>
    public required IReadOnlyList<CaseVariant> Variants { get; init; }

    /// <summary>What the proof expects to measure.</summary>
    public required CaseEvidence Evidence { get; init; }

    /// <summary>How many items the active variant may hold before the fuse trips; configuration <c>Cases:{Id}:FuseItems</c> overrides it.</summary>
    public required long FuseItems { get; init; }
}

/// <summary>Where a case comes from.</summary>
/// <param name="File">The article's number in the seeds.</param>
/// <param name="Section">Its section.</param>
/// <param name="Claim">What it reported of the incident.</param>
/// <param name="IsSlow">Whether it also reported that requests became slower.</param>
public sealed record CaseSeed(string File, string Section, string Claim, bool IsSlow = false);

/// <summary>What the proof expects of a case.</summary>
/// <param name="BytesPerOperation">Bytes that one operation adds under Leaky: retained for Retained, allocated for Allocated.</param>
/// <param name="TrackedTypes">Types (full names) whose live instances grow under Leaky and must not under Fixed.</param>
public sealed record CaseEvidence(long BytesPerOperation, IReadOnlyList<string> TrackedTypes);
