namespace Shop.ServiceDefaults.Cases;

/// <summary>One memory failure from a production incident: its facts, which are stated only here.</summary>
public sealed record CaseStudy
{
    /// <summary>The name of the case: its folder, flag, test class and metric tag.</summary>
    public required string Id { get; init; }

    /// <summary>The resource name, in the AppHost, of the service that contains the case.</summary>
    public required string Service { get; init; }

    /// <summary>The article that reported the incident.</summary>
    public required CaseArticle Article { get; init; }

    /// <summary>The incident in a few words.</summary>
    public required string Summary { get; init; }

    /// <summary>The shop traffic that triggers the case.</summary>
    public required string FedBy { get; init; }

    /// <summary>The retention path under Leaky, root first; null if nothing is retained.</summary>
    public string? RetentionPath { get; init; }

    /// <summary>The use of the article's own fix.</summary>
    public PublishedFix PublishedFix { get; init; }

    /// <summary>The measurements that the proof expects, and their kind.</summary>
    public required CaseEvidence Evidence { get; init; }

    /// <summary>The variants that can be selected while the service runs; none of a <see cref="Setting"/>, which needs a restart.</summary>
    public IReadOnlyList<CaseVariant> Variants => Evidence is Setting ? []
        : PublishedFix == PublishedFix.Switchable ? CaseVariants.All
        : [CaseVariant.Leaky, CaseVariant.Fixed];
}
