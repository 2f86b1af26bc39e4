namespace Shop.ServiceDefaults.Cases;

/// <summary>One memory failure from a production incident: the single source of the facts that the dashboard, the tests and the proof use.</summary>
public sealed record CaseStudy
{
    /// <summary>The name of the case: its folder, flag, test class and metric tag.</summary>
    public required string Id { get; init; }

    /// <summary>The resource name, in the AppHost, of the service that contains the case.</summary>
    public required string Service { get; init; }

    /// <summary>The kind of evidence.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The article that reported the incident.</summary>
    public required CaseArticle Article { get; init; }

    /// <summary>The shop traffic that triggers the case.</summary>
    public required string FedBy { get; init; }

    /// <summary>The symptom that an operator sees.</summary>
    public required string Symptom { get; init; }

    /// <summary>The retention path under Leaky, root first; null if nothing is retained.</summary>
    public string? RetentionPath { get; init; }

    /// <summary>The defects of the article's fix; null if the case has no Published variant.</summary>
    public string? PublishedDefect { get; init; }

    /// <summary>The bound of Fixed, and when it releases memory.</summary>
    public required string Bound { get; init; }

    /// <summary>The variants that can be selected while the service runs.</summary>
    public required IReadOnlyList<CaseVariant> Variants { get; init; }

    /// <summary>The measurements that the proof expects.</summary>
    public required CaseEvidence Evidence { get; init; }

    /// <summary>
    /// The number of items that the active variant may hold before the fuse trips; configuration <c>Cases:{Id}:FuseItems</c> overrides it.
    /// </summary>
    public required long FuseItems { get; init; }
}
