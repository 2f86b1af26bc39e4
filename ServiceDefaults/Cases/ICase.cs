namespace Shop.ServiceDefaults.Cases;

/// <summary>A case: its facts and its registration. The implementation is named after the case, with the suffix <c>Case</c>.</summary>
public interface ICase
{
    /// <summary>The facts.</summary>
    static abstract CaseStudy Study { get; }

    /// <summary>Registers the variants, and the services that only the case uses.</summary>
    static abstract void Register(CaseBuilder @case);
}
