using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>What can be answered in a drill.</summary>
internal static class DrillChoices
{
    /// <summary>The root of a case that retains nothing.</summary>
    public const string NoRoot = "none";

    private const string Arrow = " → ";

    /// <summary>The cases of a service that a drill can switch.</summary>
    public static IEnumerable<CaseStudy> CasesOf(string? service)
        => CaseStudies.All.Where(study => study.Service == service && study.Variants.Count > 0);

    /// <summary>The roots of all cases of a service, and <see cref="NoRoot"/>.</summary>
    public static IEnumerable<string> RootsOf(string? service)
        => CasesOf(service).Select(RootOf).Where(root => root != NoRoot).Order(StringComparer.Ordinal).Append(NoRoot);

    /// <summary>The first element of the retention path; <see cref="NoRoot"/> if the case retains nothing.</summary>
    public static string RootOf(CaseStudy study) => study.RetentionPath?.Split(Arrow)[0] ?? NoRoot;

    /// <summary>The case that an answer names.</summary>
    /// <exception cref="LabException">The answer is incomplete, or names what there is not; it is no wrong guess.</exception>
    public static CaseStudy Require(DrillAnswer answer)
    {
        if (answer.Service is not { } service || !ShopAddresses.Names.Contains(service))
            throw Unknown("service", answer.Service, ShopAddresses.Names);
        if (CasesOf(service).FirstOrDefault(study => study.Id.Equals(answer.Case, StringComparison.OrdinalIgnoreCase)) is not { } chosen)
            throw Unknown("case", answer.Case, CasesOf(service).Select(study => study.Id));
        if (!RootsOf(service).Contains(answer.Root))
            throw Unknown("root", answer.Root, RootsOf(service));
        return chosen;
    }

    private static LabException Unknown(string what, string? value, IEnumerable<string> valid) => new(
        $"{(string.IsNullOrEmpty(value) ? $"The answer names no {what}" : $"'{value}' is no {what} to choose")}; there are: "
            + $"{string.Join(", ", valid)}.",
        CommandLine.BadArguments);
}
