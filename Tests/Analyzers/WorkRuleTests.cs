namespace Shop.Tests.Analyzers;

/// <summary>Clients, dropped work and caches: SHOP2001 to 3004, 6002 to 6007.</summary>
public sealed class WorkRuleTests
{
    private const string Usings = "using System.Threading.Channels; using Microsoft.Extensions.Caching.Memory; "
        + "using System.Collections.Concurrent;\n";

    public static TheoryData<string> Found =>
    [
        "class C { public async Task<string> M(Uri u) { using var h = {|SHOP2001:new HttpClient()|}; return await h.GetStringAsync(u); } }",
        "class C { static readonly HttpClient _h = {|SHOP2002:new HttpClient()|}; public Task<string> M(Uri u) => _h.GetStringAsync(u); }",
        "class C { public async Task M() { await Task.Yield(); _ = {|SHOP3001:Task.Run(() => Console.WriteLine())|}; } }",
        "class C { public Task M() { {|SHOP3001:N()|}; return Task.CompletedTask; } async Task N() => await Task.Yield(); }",
        "class C { public async Task M(ChannelWriter<int> w, CancellationToken t) { await Task.Delay(1, t); "
            + "await {|SHOP3002:w.WriteAsync(1)|}; } }",
        """
        class C(IMemoryCache cache) { public void M(string k, int i)
        {
            var list = {|SHOP6002:cache.GetOrCreate(k, _ => new List<int>())|}!;
            {|SHOP6007:list.Add(i)|};
        } }
        """,
        "class C { public object M() => new MemoryCache(new MemoryCacheOptions { {|SHOP6003:SizeLimit = 100|} }); }",
        """
        class Lru(int size) { readonly List<int> _a = []; public void Add(int i) { _a.Add(i); if (_a.Count > size) _a.RemoveAt(0); } }
        class C { const int MaxBytes = 1 << 20; public object M() => new Lru({|SHOP6006:MaxBytes|}); }
        """,
        """
        class C(ChannelReader<int> queue) { public async Task M() { while (await queue.WaitToReadAsync()) while (queue.TryRead(out var i))
        {
            try { Console.WriteLine(i); } catch (Exception e) { {|SHOP3004:Console.WriteLine(e);|} }
        } } }
        """,
        """
        class C { readonly ConcurrentDictionary<string, List<int>> _all = new(); public void M(string k, int i)
        {
            if (i > 0) {|SHOP6007:_all.GetOrAdd(k, _ => []).Add(i)|};
        } }
        """,
    ];

    public static TheoryData<string> NotFound =>
    [
        """
        class C(ChannelReader<int> queue, ChannelWriter<int> again) { public async Task M() { await foreach (var i in queue.ReadAllAsync())
        {
            try { Console.WriteLine(i); } catch (Exception) { again.TryWrite(i); }
            try { Console.WriteLine(i); } catch (Exception e) when (e is IOException) { Console.WriteLine(e); }
            try { Console.WriteLine(i); } catch (TimeoutException e) { Console.WriteLine(e); }
        } } }
        """,
        """
        class C { readonly ConcurrentDictionary<string, List<int>> _all = new(); public void M(string k, int i)
        {
            var list = _all.GetOrAdd(k, _ => []);
            lock (list)
                list.Add(i);
        } }
        """,
        "class C(IHttpClientFactory f) { public async Task<string> M(Uri u) { using var h = f.CreateClient(); "
            + "return await h.GetStringAsync(u); } }",
        "class C { public async Task M(Uri[] all) { using var h = new HttpClient(); foreach (var u in all) await h.GetStringAsync(u); } }",
        "class C { static readonly HttpClient _h = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) }); "
            + "public Task<string> M(Uri u) => _h.GetStringAsync(u); }",
        "class C { public void M() => _ = Task.Run(() => Console.WriteLine()); }",
        "class C { public async Task M() => await Task.Run(() => Console.WriteLine()); }",
        "class C { public Task M() { _ = N(); return Task.CompletedTask; } "
            + "async Task N() { try { await Task.Yield(); } catch (IOException) { } } }",
        "class C { public async Task M(ChannelWriter<int> w, CancellationToken t) => await w.WriteAsync(1, t); }",
        "class C(IMemoryCache cache) { public string? M(string k) => cache.GetOrCreate(k, _ => new string('a', 3)); }",
        "class Lru(int size) { readonly List<int> _a = []; public void Add(int i) { _a.Add(i); if (_a.Count > size) _a.RemoveAt(0); } } "
            + "class C { const int Entries = 100; public object M() => new Lru(Entries); }",
    ];

    [Theory, MemberData(nameof(Found))]
    public Task WhatIsDroppedOrNeverEndsIsFound(string code) => AnalyzerCheck.VerifyAsync(Usings + code);

    [Theory, MemberData(nameof(NotFound))]
    public Task WhatIsAwaitedOrReusedIsNot(string code) => AnalyzerCheck.VerifyAsync(Usings + code);
}
