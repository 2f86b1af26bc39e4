using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Cases;

/// <summary>The case of a test class, which is named after it.</summary>
internal static class TestedCase
{
    /// <summary>The case of <c>{Id}Tests</c>, <c>{Id}FlagTests</c> and the like.</summary>
    public static CaseStudy Of(Type testClass)
        => CaseStudies.All.SingleOrDefault(study => IsOf(testClass, study))
            ?? throw new InvalidOperationException($"{testClass.Name} is not named after a case.");

    /// <summary>The tests that show the defects of a case's Published variant.</summary>
    public static IEnumerable<string> DefectTestsOf(CaseStudy study)
        => typeof(TestedCase).Assembly.GetTypes().Where(type => IsOf(type, study)).SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(DefectAttribute), inherit: false)).Select(method => method.Name);

    private static bool IsOf(Type testClass, CaseStudy study)
        => testClass.Name.StartsWith(study.Id, StringComparison.Ordinal) && testClass.Name.EndsWith("Tests", StringComparison.Ordinal);
}
