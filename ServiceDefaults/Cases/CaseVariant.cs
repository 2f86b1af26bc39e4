namespace Shop.ServiceDefaults.Cases;

/// <summary>The implementations of a case.</summary>
public enum CaseVariant
{
    /// <summary>The correct fix.</summary>
    Fixed,
    /// <summary>The code of the incident.</summary>
    Leaky,
    /// <summary>The article's fix, if it is itself defective.</summary>
    Published,
}
