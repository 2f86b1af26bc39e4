using System.Globalization;
using Shop.Lab.Diagnosis.Growth;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;

namespace Shop.Lab.Diagnosis.Outside;

/// <summary>
/// Finds what grows beside the managed heap. Where the process grows and what it reaches does not, no managed leak is invented: the report
/// says what grew with it.
/// </summary>
/// <param name="facts">Those of all snapshots, the earliest first.</param>
/// <param name="steadiness">Knows their times.</param>
internal sealed class OutsideGrowth(IReadOnlyList<OutsideFacts> facts, Steadiness steadiness)
{
    private const int LeastAssemblies = 10;
    private const int LeastHandles = 100;
    // What the allocators of the system keep and return moves by megabytes.
    private const long LeastBytes = 16 << 20;

    /// <summary>Compares the facts.</summary>
    public IEnumerable<DiagnosedOutside> Find()
    {
        if (Added(fact => fact.DynamicAssemblies) is >= LeastAssemblies and var assemblies)
        {
            yield return new(Verdict.Leak, "dynamic assemblies", assemblies, Added(fact => fact.RuntimeBytes),
                "made at run time and never unloaded: make each once and keep it, or make it collectible");
        }
        if (Added(fact => fact.NativeBytes) is >= LeastBytes and var bytes)
            yield return new(Verdict.CannotTell, "native memory", null, bytes, Explain());
    }

    private string Explain()
    {
        var handles = facts[^1].SafeHandles.Keys
            .Select(type => (Type: type, Added: Added(fact => fact.SafeHandles.GetValueOrDefault(type))))
            .Where(handle => handle.Added >= LeastHandles).OrderByDescending(handle => handle.Added)
            .Select(handle => string.Create(CultureInfo.InvariantCulture, $"{handle.Type} (+{handle.Added:N0})")).ToList();
        return handles.Count == 0
            ? "beside the managed heap, and no kind of safe handle grew with it: a native library, or the system's allocator"
            : $"behind {string.Join(", ", handles)}: who holds them keeps that memory";
    }

    // 0 unless it grew in every interval.
    private long Added(Func<OutsideFacts, long> measure)
    {
        long[] values = [.. facts.Select(measure)];
        return steadiness.IsSteady(values) ? values[^1] - values[0] : 0;
    }
}
