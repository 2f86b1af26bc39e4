namespace Shop.Tests.Analyzers;

/// <summary>Collections and queues that live as long as the process: SHOP1001 to 1003, 1008, 1010, 7001.</summary>
public sealed class CollectionRuleTests
{
    public static TheoryData<string> Found =>
    [
        "class C { static List<string> _a = []; public void M(string s) => {|SHOP1001:_a.Add(s)|}; }",
        "class C { static Dictionary<string, int> A { get; } = []; public void M(string s) => {|SHOP1001:A[s]|} = 1; }",
        "class C { static HashSet<string> _a = []; public void M(string s) => {|SHOP1001:_a.Add(s)|}; public void Reset() => _a.Clear(); }",
        """
        class C : IDisposable
        {
            static readonly Queue<string> _a = new();
            public void M(string s) => {|SHOP1001:_a.Enqueue(s)|};
            public void Dispose() => _a.Clear();
        }
        """,
        """
        class S { readonly List<string> _a = []; public void M(string s) => {|SHOP1001:_a.Add(s)|}; }
        class P { void R(IServiceCollection services) => services.AddSingleton<S>(); }
        """,
        """
        class C { static Dictionary<string, List<string>> _a = [];
            public void M(string k, string s)
            {
                if (!_a.TryGetValue(k, out var list))
                    _a[k] = list = [];
                {|SHOP1001:list.Add(s)|};
            } }
        """,
        "class C { static List<string> _a = []; public void M(string s) => {|SHOP1002:_a.Add(s)|}; "
            + "public void N(string s) => _a.Remove(s); }",
        // Set to null and then created again.
        "class C { static List<string>? _a; public void M(string s) { _a ??= []; {|SHOP1001:_a.Add(s)|}; } "
            + "public void Reset() => _a = null; }",
        "class C { static List<string> _a = []; public void Load(string s) => {|SHOP1001:_a.Add(s)|}; }",
        // The only one of its type.
        """
        class S { readonly List<string> _a = []; public void M(string s) => {|SHOP1001:_a.Add(s)|}; }
        class P { readonly S _s = new(); void R(IServiceCollection services) => services.AddSingleton<S>(_s); }
        """,
        """
        using System.Threading.Channels;
        class S : BackgroundService
        {
            readonly Channel<int> _a = {|SHOP1003:Channel.CreateUnbounded<int>()|};
            protected override Task ExecuteAsync(CancellationToken stop) => _a.Reader.Completion;
        }
        """,
        """
        class C
        {
            readonly Dictionary<string, object> _a = [];
            public void Enter(User u, object o) { lock (_a) _a[u.Name] = o; }
            public async Task StayAsync(User u, Task end) { try { await end; } finally { lock (_a) {|SHOP1008:_a.Remove(u.Name)|}; } }
        }
        record User(string Name);
        """,
        """
        class C
        {
            readonly Dictionary<string, object> _a = [];
            public void M(string k)
            {
                lock (_a) if (_a.ContainsKey(k)) return;
                lock (_a) {|SHOP1010:_a[k]|} = new();
            }
        }
        """,
        "class C { readonly List<string> {|SHOP7001:_a = []|}; public int N => _a.Count; }",
    ];

    public static TheoryData<string> NotFound =>
    [
        "class C { readonly List<string> _a = []; public void M(string s) => _a.Add(s); }",
        "class C { static List<string>? _a = []; public void M(string s) => _a?.Add(s); public void Dispose() => _a = null; }",
        "class C { static Dictionary<string, int> _a = []; public async Task LoadAll(CancellationToken t) { "
            + "foreach (var f in Directory.EnumerateFiles(\".\")) _a[f] = (await File.ReadAllBytesAsync(f, t)).Length; } }",
        // One of many, lent to a container.
        """
        class S { readonly List<string> _a = []; public void M(string s) => _a.Add(s); }
        class P(S s) { S S => s; void R(IServiceCollection services) => services.AddSingleton<S>(S); S N() { var n = new S(); return n; } }
        """,
        "class C { static Dictionary<Type, int> _a = []; public void M(Type t) => _a[t] = 1; }",
        "class C { static Dictionary<DayOfWeek, int> _a = []; public void M(DayOfWeek d) => _a[d] = 1; }",
        "class C { static Dictionary<string, int> _a = []; public void M() => _a[\"last\"] = 1; }",
        "class C { static List<string> _a = []; static C() => _a.Add(Environment.MachineName); public int N => _a.Count; }",
        "class C { static Queue<string> _a = new(); public void M(string s) { _a.Enqueue(s); if (_a.Count > 9) _a.Dequeue(); } }",
        "class C { static List<string> _a = []; public void M(string s) { try { _a.Add(s); } finally { _a.Remove(s); } } }",
        """
        class C
        {
            static readonly List<string> _a = [];
            static readonly Timer _t = new(_ => _a.RemoveAll(s => s.Length > 3), null, 1000, 1000);
            public void M(string s) => _a.Add(s);
        }
        """,
        """
        class C
        {
            static readonly List<object> _a = [];
            public IDisposable M(object o) { _a.Add(o); return new Token(o); }
            sealed class Token(object o) : IDisposable { public void Dispose() => _a.Remove(o); }
        }
        """,
        "class C { static List<string> _a = []; public void M(string s) => _a.Add(s); public void N() => _a = []; void X() { N(); } "
            + "protected Timer T() => new(_ => N()); }",
        """
        using System.Runtime.CompilerServices;
        class C { static ConditionalWeakTable<object, object> _a = []; public void M(object o) => _a.Add(o, new()); }
        """,
        """
        using System.Threading.Channels;
        class C { async Task M() { var c = Channel.CreateUnbounded<int>(); c.Writer.TryWrite(1); await c.Reader.ReadAsync(); } }
        """,
        """
        class C
        {
            readonly Dictionary<string, object> _a = [];
            public void M(string k) { lock (_a) { if (!_a.ContainsKey(k)) _a[k] = new(); } }
        }
        """,
        "class C { readonly List<string> _a = []; public int N => _a.Count; public void M(string s) => _a.Add(s); }",
    ];

    [Theory, MemberData(nameof(Found))]
    public Task WhatGrowsIsFound(string code) => AnalyzerCheck.VerifyAsync(code);

    [Theory, MemberData(nameof(NotFound))]
    public Task WhatIsBoundedIsNot(string code) => AnalyzerCheck.VerifyAsync(code);
}
