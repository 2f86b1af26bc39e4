using System.Globalization;
using System.Reflection;
using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Proof.Feeds;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Scoreboard;

/// <summary>
/// The articles' checklist, answered for the Fixed variant of each case by what its types say: constants, durations, collections,
/// interfaces, the parameters of its constructor, the options that it reads. What is in none of them is in the case's README.
/// </summary>
internal static class Checklist
{
    private const BindingFlags Declared
        = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>One row for each case with a Fixed variant, by service.</summary>
    public static string Table(IEnumerable<CaseStudy> studies)
        => "| service | case | bound | expiry | clean-up | metric | load test | budget | eviction | documentation |\n"
            + string.Concat(Enumerable.Repeat("| --- ", 10)) + "|\n"
            + string.Concat(from study in studies
                            let type = FixedOf(study)
                            where type is not null
                            select Row(study, type));

    /// <summary>The Fixed variant of a case; null if its variants are no classes.</summary>
    public static Type? FixedOf(CaseStudy study)
        => Assembly.Load(CaseStudies.ProjectOf(study.Service)).GetTypes().SingleOrDefault(type => type.Name == $"Fixed{study.Id}");

    /// <summary>What feeds the case in its proof; null if nothing does.</summary>
    public static Type? FeedOf(CaseStudy study)
        => typeof(FeedingAttribute).Assembly.GetTypes().SingleOrDefault(type => type.Name == $"{study.Id}Feed");

    private static string Row(CaseStudy study, Type type)
    {
        string[] cells =
        [
            study.Service, study.Id, Cell(Bounds(study, type)), Cell(Durations(study, type, areIntervals: false)),
            Cell(CleanUps(study, type)), Cell(Metrics(type)),
            Cell(FeedOf(study) is { } feed ? [$"`{feed.Name}`"] : []),
            Cell(study.Evidence.FuseItems is { } fuse ? [string.Create(CultureInfo.InvariantCulture, $"fuse at {fuse:N0} items")] : []),
            Cell(Evictions(type)), $"[README](../../{CaseStudies.FolderOf(study)}/README.md)",
        ];
        return $"| {string.Join(" | ", cells)} |\n";
    }

    // Its limits by name, and the key of the configuration that sets its capacity.
    private static IEnumerable<string> Bounds(CaseStudy study, Type type)
    {
        if (FeedOf(study)?.GetCustomAttribute<FeedingAttribute>() is { Capacity: > 0 })
            yield return $"`Cases:{study.Id}:Capacity`";
        foreach (var field in type.GetFields(Declared).Where(field => field.IsLiteral && IsLimit(field.Name)))
            yield return string.Create(CultureInfo.InvariantCulture, $"`{field.Name}` {field.GetRawConstantValue():N0}");
        foreach (var option in Options(study, type).Where(option => IsLimit(option.Name)))
            yield return Name(option);
    }

    private static bool IsLimit(string name)
        => name.StartsWith("Max", StringComparison.Ordinal) || name is "PageSize" or "ChunkBytes";

    private static IEnumerable<string> Durations(CaseStudy study, Type type, bool areIntervals)
        => type.GetFields(Declared).Where(field => field.IsStatic && field.FieldType == typeof(TimeSpan))
            .Where(field => IsInterval(field.Name) == areIntervals).Select(field => $"`{field.Name}` {field.GetValue(null):c}")
            .Concat(Options(study, type)
                .Where(option => option.PropertyType == typeof(TimeSpan) && IsInterval(option.Name) == areIntervals).Select(Name));

    private static bool IsInterval(string name) => name.EndsWith("Interval", StringComparison.Ordinal);

    private static IEnumerable<string> CleanUps(CaseStudy study, Type type)
    {
        foreach (var interval in Durations(study, type, areIntervals: true))
            yield return interval;
        if (type.IsAssignableTo(typeof(IDisposable)))
            yield return $"`{nameof(IDisposable.Dispose)}`";
        if (type.IsAssignableTo(typeof(IAsyncDisposable)))
            yield return $"`{nameof(IAsyncDisposable.DisposeAsync)}`";
        if (type.IsAssignableTo(typeof(ICaseState)))
            yield return $"`{nameof(ICaseState.Reset)}`";
    }

    private static IEnumerable<string> Metrics(Type type)
    {
        if (type.IsAssignableTo(typeof(ICaseState)))
            yield return "`shop.case.held`";
        foreach (var metrics in Parameters(type).Where(parameter => parameter.Name.EndsWith("Metrics", StringComparison.Ordinal)))
            yield return metrics == typeof(CacheMetrics) ? "`app.cache.*`" : $"`{metrics.Name}`";
    }

    private static IEnumerable<string> Evictions(Type type)
        => type.GetFields(Declared).Select(field => field.FieldType.Name.Split('`')[0])
            .Where(name => name is "BoundedCache" or "Channel").Select(name => $"`{name}`").Distinct();

    // A service has one class of options: those that the variant's source names.
    private static IEnumerable<PropertyInfo> Options(CaseStudy study, Type type)
    {
        var options = Parameters(type).Where(parameter => parameter.Name == "IOptions`1")
            .SelectMany(parameter => parameter.GenericTypeArguments[0].GetProperties()).ToList();
        var source = options.Count == 0 ? ""
            : File.ReadAllText(Path.Combine(Repository.Folder, CaseStudies.FolderOf(study), $"{type.Name}.cs"));
        return options.Where(option => source.Contains($".{option.Name}", StringComparison.Ordinal)
            && option.DeclaringType!.Namespace!.StartsWith("Shop.", StringComparison.Ordinal));
    }

    private static string Name(PropertyInfo option) => $"`{option.DeclaringType!.Name}.{option.Name}`";

    private static IEnumerable<Type> Parameters(Type type)
        => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType);

    private static string Cell(IEnumerable<string> parts) => string.Join(", ", parts) is { Length: > 0 } text ? text : "–";
}
