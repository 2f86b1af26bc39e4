using Microsoft.CodeAnalysis.Testing;

namespace Shop.Tests.Analyzers;

/// <summary>No code makes the rules throw, whatever it lacks: an exception would be a finding beside the marked ones.</summary>
public sealed class HostileCodeTests
{
    public static TheoryData<string> Codes =>
    [
        "",
        "class",
        "class C { static System.Collections.Generic.List<int> _a = ; void M() { _a.Add(; } }",
        "class C { void M() { Missing.Event += Unknown; Missing.Event -= Unknown; missing?.a?.b()?.c(); } }",
        "class C { event System.Action E; void M() => E += null; void N() { E += default; E -= M; this.E += () => E += N; } }",
        "using var client = new HttpClient(); await client.GetAsync(\"http://localhost\"); var list = new List<int>(); list.Add(1);",
        "partial class C { static readonly List<int> {|SHOP7001:A = []|}; } "
            + "partial class C { partial void M(); partial void M() => A.Count.ToString(); }",
        "class C<T> where T : C<T> { static Dictionary<T, List<T>>? _m; T this[int i] { get => throw null!; set => (_m "
            + "??= [])[value] = null!; } }",
        "class C { static int? a; static string? b; void M() { _ = b?.Length.ToString()?.Trim()?.ToUpperInvariant()?.Length; a ??= 1; } }",
        "record R(List<int> A) { public static R operator +(R a, R b) => a with { A = [.. a.A, .. b.A] }; }",
        "unsafe class C { delegate*<int, void> F; void M() { int* p = stackalloc int[3]; F(p[0]); var b = "
            + "{|SHOP5006:new byte[1 << 20][]|}; } }",
        "class C : Missing<C>, IMissing { public override void Dispose() { base.Dispose(); _x.Remove(1); } Missing _x = new(); }",
        "interface I { static abstract event System.Action E; } class C<T> where T : I { void M() => {|SHOP1004:T.E += () => M()|}; }",
        "class C { static Dictionary<string, int> _d = new() { [\"a\"] = 1 }; int M(string k) => {|SHOP1001:_d[k]|} = "
            + "_d[k]++ + _d.Count; }",
        "#line 1 \"C.g.cs\"\nclass C { [System.Obsolete(nameof(M))] void M() { lock (this) { goto end; end: ; } try { } finally { } } }",
        "class C { object M(object o) => o switch { List<int> { Count: > 3 } l => l, [1, .. var rest] => rest, _ => this }; }",
        "class C { async IAsyncEnumerable<int> M() { await foreach (var i in M()) yield return i; await using var x = "
            + "(IAsyncDisposable)null!; } }",
    ];

    [Theory, MemberData(nameof(Codes))]
    public Task CodeOfAnyKindIsBorne(string code) => AnalyzerCheck.VerifyAsync(code, CompilerDiagnostics.None);
}
