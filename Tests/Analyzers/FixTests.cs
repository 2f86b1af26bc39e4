using Shop.Analyzers;
using Shop.Lab;
using Shop.Scoreboard;

namespace Shop.Tests.Analyzers;

/// <summary>The code fixes: SHOP3002, 4005, 5001, 5005, 5010.</summary>
public sealed class FixTests
{
    private const string Usings = "using System.Buffers; using System.Text; using System.Text.Json; using System.Threading.Channels;\n"
        + "using Microsoft.Extensions.ObjectPool; using System.Globalization;\n";

    private const string Data = """
        namespace Data
        {
            using Microsoft.EntityFrameworkCore;
            public class Row { public int Id { get; set; } }
            public class Db : DbContext { public DbSet<Row> Rows => Set<Row>(); }
        }

        """;

    public static TheoryData<string, string> Fixed => new()
    {
        // SHOP3002: the only token there is, in place of another or of none; in one document all at once.
        {
            "class C { async Task M(ChannelWriter<int> w, CancellationToken stop) { await {|SHOP3002:w.WriteAsync(1)|}; "
                + "await {|SHOP3002:w.WriteAsync(2, default)|}; await {|SHOP3002:w.WriteAsync(item: 3)|}; } }",
            "class C { async Task M(ChannelWriter<int> w, CancellationToken stop) { await w.WriteAsync(1, stop); "
                + "await w.WriteAsync(2, stop); await w.WriteAsync(item: 3, cancellationToken: stop); } }"
        },
        // SHOP5001
        {
            "class C { byte[] M(object o) => {|SHOP5001:Encoding.UTF8.GetBytes(JsonSerializer.Serialize(o))|}; "
                + "byte[] N(int o, JsonSerializerOptions s) => /* n */ "
                + "{|SHOP5001:Encoding.UTF8.GetBytes(JsonSerializer.Serialize<long>(o, s))|}; }",
            "class C { byte[] M(object o) => JsonSerializer.SerializeToUtf8Bytes(o); "
                + "byte[] N(int o, JsonSerializerOptions s) => /* n */ JsonSerializer.SerializeToUtf8Bytes<long>(o, s); }"
        },
        // SHOP5005
        {
            "class C { static ArrayPool<byte> _a = {|SHOP5005:ArrayPool<byte>.Create()|}; static ArrayPool<char> _b = "
                + "{|SHOP5005:System.Buffers.ArrayPool<char>.Create()|}; object M() => (_a, _b); }",
            "class C { static ArrayPool<byte> _a = ArrayPool<byte>.Shared; static ArrayPool<char> _b = "
                + "System.Buffers.ArrayPool<char>.Shared; object M() => (_a, _b); }"
        },
        // SHOP5010: all texts of the member, of which the rule reports the first.
        {
            """
            class C(ObjectPool<StringBuilder> pool) { string M(DateTime? t, DayOfWeek d, decimal m, string s)
            {
                var b = pool.Get();
                b.Append('[').Append({|SHOP5010:t!.Value.ToString("o")|}).Append(d.ToString()).AppendLine(s.ToString());
                b.AppendLine(m.ToString("N2", CultureInfo.InvariantCulture)).Append((t ?? DateTime.MinValue).ToString());
                b.Append(global::System.Guid.Empty.ToString());
                return b.ToString();
            } }
            """,
            """
            class C(ObjectPool<StringBuilder> pool) { string M(DateTime? t, DayOfWeek d, decimal m, string s)
            {
                var b = pool.Get();
                b.Append('[').Append($"{t!.Value:o}").Append($"{d}").AppendLine(s.ToString());
                b.AppendLine(CultureInfo.InvariantCulture, $"{m:N2}").Append($"{(t ?? DateTime.MinValue)}");
                b.Append($"{(global::System.Guid.Empty)}");
                return b.ToString();
            } }
            """
        },
    };

    /// <summary>Found, and left to the author.</summary>
    public static TheoryData<string> Left =>
    [
        // Two tokens, none that a static function sees.
        "class C { async Task M(ChannelWriter<int> w, CancellationToken a, CancellationToken b) => await {|SHOP3002:w.WriteAsync(1)|}; }",
        "class C { Task M(ChannelWriter<int> w, CancellationToken a) { return N(w); "
            + "static async Task N(ChannelWriter<int> w) => await {|SHOP3002:w.WriteAsync(1)|}; } }",
        // A string that stays, another encoding, content whose length the server may want.
        "class C { byte[] M(object o) { var j = JsonSerializer.Serialize(o); return {|SHOP5001:Encoding.UTF8.GetBytes(j)|}; } }",
        "class C { byte[] M(object o) => {|SHOP5001:Encoding.Unicode.GetBytes(JsonSerializer.Serialize(o))|}; }",
        "class C { object M(object o) => {|SHOP5001:new StringContent(JsonSerializer.Serialize(o))|}; }",
        // A type of its own may write something else; a format with a brace; a string made of the text.
        "struct S { public override string ToString() => \"s\"; } class C(ObjectPool<StringBuilder> pool) { object M(S s) => "
            + "pool.Get().Append({|SHOP5010:s.ToString()|}); }",
        "class C(ObjectPool<StringBuilder> pool) { object M(int i) => pool.Get().Append({|SHOP5010:i.ToString(\"0'{'\")|}); }",
        "class C(ObjectPool<StringBuilder> pool) { object M(int i) => pool.Get().Append({|SHOP5010:i.ToString().Trim()|}); }",
    ];

    [Theory, MemberData(nameof(Fixed))]
    public Task TheFixIsWhatTheMessageSays(string code, string expected)
        => AnalyzerCheck.VerifyFixAsync(Usings + code, Usings + expected);

    [Theory, MemberData(nameof(Left))]
    public Task WhatHasMoreThanOneWayHasNoFix(string code) => AnalyzerCheck.VerifyFixAsync(Usings + code, Usings + code);

    [Theory]
    [InlineData("", "using Microsoft.EntityFrameworkCore;\n\n")]
    [InlineData("using Microsoft.EntityFrameworkCore;\n", "using Microsoft.EntityFrameworkCore;\n")]
    public Task AStreamIsNotTrackedAndItsNamespaceIsImported(string import, string expected)
        => AnalyzerCheck.VerifyFixAsync(import + Data + """
            class S
            {
                public IAsyncEnumerable<Data.Row> M(Data.Db db) => {|SHOP4005:db.Rows.AsAsyncEnumerable()|};
                public IAsyncEnumerable<Data.Row> N(Data.Db db) => {|SHOP4005:db.Rows
                    .AsAsyncEnumerable()|};
            }
            """, expected + Data + """
            class S
            {
                public IAsyncEnumerable<Data.Row> M(Data.Db db) => db.Rows.AsNoTracking().AsAsyncEnumerable();
                public IAsyncEnumerable<Data.Row> N(Data.Db db) => db.Rows
                    .AsNoTracking()
                    .AsAsyncEnumerable();
            }
            """);

    [Fact]
    public void EachFixIsOfARuleAndTheReadmeNamesIt()
    {
        var rules = new LeakAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).ToHashSet();
        var readme = File.ReadAllText(Path.Combine(Repository.Folder, BoardCommand.Readme));
        Assert.NotEmpty(FixTest.Fixes);
        Assert.All(FixTest.Fixes, fix => Assert.All(fix.FixableDiagnosticIds, rule =>
        {
            Assert.Contains(rule, rules);
            Assert.Contains($"| {rule} | {fix.Title} |", readme, StringComparison.Ordinal);
        }));
    }
}
