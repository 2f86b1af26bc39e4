namespace Shop.Tests.Analyzers;

/// <summary>Arrays, texts and pools: SHOP5001 to 5010, and 7002.</summary>
public sealed class BufferRuleTests
{
    private const string Usings = "using System.Buffers; using System.Text; using System.Text.Json;\n";

    public static TheoryData<string> Found =>
    [
        "class C { public object M(object o) => {|SHOP5001:new StringContent(JsonSerializer.Serialize(o))|}; }",
        "class C { public byte[] M(object o) { var j = JsonSerializer.Serialize(o); return {|SHOP5001:Encoding.UTF8.GetBytes(j)|}; } }",
        "class C { public object M() { var b = ArrayPool<byte>.Shared.Rent(9); return new MemoryStream({|SHOP5003:b|}); } }",
        """
        class C
        {
            byte[] Buffer { get; } = ArrayPool<byte>.Shared.Rent(9);
            public void M(Stream s) => s.Write({|SHOP5003:Buffer|});
        }
        """,
        """
        class C { public byte[] M(int n)
        {
            using var owner = MemoryPool<byte>.Shared.Rent(n);
            var copy = {|SHOP5004:new byte[n]|};
            owner.Memory.Span[..n].CopyTo(copy);
            return copy;
        } }
        """,
        "class C { static ArrayPool<byte> _pool = {|SHOP5005:ArrayPool<byte>.Create()|}; public object M() => _pool; }",
        "class C { public int M(Stream s) { var b = {|SHOP5006:new byte[84_976]|}; return s.Read(b, 0, 9); } }",
        "class C { public object M() => {|SHOP5006:new ArrayBufferWriter<byte>(1 << 20)|}; }",
        "class C { public object M(int n) => new MemoryStream({|SHOP5007:new byte[n]|}); }",
        """
        class C { public void M()
        {
            var b = {|SHOP5008:ArrayPool<byte>.Shared.Rent(9)|};
            ArrayPool<byte>.Shared.Return(b);
        } }
        """,
        "class C { public void M(Stream s, int n) => s.Write({|SHOP5009:Encoding.UTF8.GetBytes($\"n = {n}\")|}); }",
        """
        class C { public byte[] M(int n)
        {
            var b = ArrayPool<byte>.Shared.Rent(n);
            var s = new MemoryStream({|SHOP5003:b|});
            ArrayPool<byte>.Shared.Return(b);
            return {|SHOP5003:s.ToArray()|};
        } }
        """,
        """
        class C(Microsoft.Extensions.ObjectPool.ObjectPool<StringBuilder> pool) { public string M(DateTime t)
        {
            var b = pool.Get();
            b.Append('[').Append({|SHOP5010:t.ToString("o")|}).Append(t.Day.ToString());
            return b.ToString();
        } }
        """,
        "class C { ArraySegment<string> _s = new string[9]; public void M() => {|SHOP7002:_s = _s[1..]|}; }",
        "class C { Memory<object> _s = new object[9]; public void M() => {|SHOP7002:_s = _s.Slice(1)|}; }",
    ];

    public static TheoryData<string> NotFound =>
    [
        "class C(Microsoft.Extensions.ObjectPool.ObjectPool<StringBuilder> pool) { public string M(int n, string s) "
            + "{ var b = pool.Get(); b.Append(n).Append(s.ToString()).Append($\"{n:x}\"); return b.ToString(); } }",
        "class C { ReadOnlyMemory<byte> _b; public void M() => _b = _b[1..]; public ArraySegment<string> N(ArraySegment<string> s) "
            + "{ s = s[1..]; return s; } }",
        "class C { public object M(object o) { var j = JsonSerializer.Serialize(o); Console.WriteLine(j); return new StringContent(j); } }",
        "class C { public byte[] M(string s) => Encoding.UTF8.GetBytes(s); }",
        "class C { public void M(Stream s, int n) { var b = ArrayPool<byte>.Shared.Rent(n); s.Write(b, 0, n); "
            + "ArrayPool<byte>.Shared.Return(b); } }",
        "class C { public int M(Stream s) { var b = new byte[84_975]; return s.Read(b, 0, 9); } }",
        "class C { static byte[] _b = new byte[1 << 20]; public int M(Stream s) => s.Read(_b, 0, 9); }",
        "class C { byte[]? _b; public byte[] M() => _b ??= new byte[1 << 20]; }",
        "class C { public byte[] M(int n) => new byte[n]; }",
        "class C { static ArrayPool<byte> _pool = ArrayPool<byte>.Create(1 << 24, 9); public object M() => _pool; }",
        "class C { public byte[] M(int n) => Encoding.UTF8.GetBytes($\"n = {n}\"); public string N(int n) => $\"{n}\"; }",
    ];

    [Theory, MemberData(nameof(Found))]
    public Task WhatCopiesOrAllocatesTooMuchIsFound(string code) => AnalyzerCheck.VerifyAsync(Usings + code);

    [Theory, MemberData(nameof(NotFound))]
    public Task WhatIsSmallOrReusedIsNot(string code) => AnalyzerCheck.VerifyAsync(Usings + code);
}
