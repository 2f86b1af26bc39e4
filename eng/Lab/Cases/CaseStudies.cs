using System.Reflection;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Cases;

/// <summary>The cases of all services, found in their assemblies.</summary>
internal static class CaseStudies
{
    /// <summary>Every case, by service and name.</summary>
    public static IReadOnlyList<CaseStudy> All { get; } = [.. ShopAddresses.Names.SelectMany(FindIn)];

    /// <summary>The case of this id, ignoring case; null if there is none.</summary>
    public static CaseStudy? Find(string? id) => All.FirstOrDefault(study => study.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder of a case, relative to the repository.</summary>
    public static string FolderOf(CaseStudy study) => $"{ProjectOf(study.Service)}/{study.Id}";

    /// <summary>The project of a service, which is also its folder and its assembly.</summary>
    public static string ProjectOf(string service) => char.ToUpperInvariant(service[0]) + service[1..];

    private static IEnumerable<CaseStudy> FindIn(string service)
        => Assembly.Load(ProjectOf(service)).GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ICase)))
            .Select(type => (CaseStudy)type.GetProperty(nameof(ICase.Study))!.GetValue(null)!)
            .OrderBy(study => study.Id, StringComparer.Ordinal);
}
