namespace Shop.ServiceDefaults.Cases;

/// <summary>The use of the article's own fix.</summary>
public enum PublishedFix
{
    /// <summary>The article has no fix, or it is the one of Fixed.</summary>
    None,
    /// <summary>It is defective, but only in growth, lost work or latency: the service has it as the variant Published.</summary>
    Switchable,
    /// <summary>It would return wrong data: it exists only beside the case's tests.</summary>
    TestsOnly,
}
