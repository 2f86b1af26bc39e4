using Shop.Lab;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;

namespace Shop.Tests.Lab.Diagnosis;

public sealed class DiagnosisFilesTests : IDisposable
{
    private static readonly DiagnosisReport _report = new(
        "process 7",
        [new(1.25, 1_000, 2_000_000, 3_000_000, 4_000_000, 12.4), new(5, 3_000, 4_000_000, 5_000_000, null, null)],
        [
            new(Verdict.Leak, "11111111", "static Orders._all → Action (<A>g__B|0)",
                "static Orders._all → [2,000] Action (<A>g__B|0)", 2_000, 1_500, 3_000, 2_000, 60.5, "without a bound"),
            new(Verdict.Known, "22222222", "static Pool → Byte[]", "static Pool → [5] Byte[]", 5, 4, 500, 400, null,
                "Kestrel's memory pool"),
        ],
        [new(Verdict.Leak, "dynamic assemblies", 20, 4_000, "never unloaded")], null)
    {
        Types = [new("List<Order>", 2_000, 1_500, 64_000, 48_000)],
        Holders = [new("33333333", "static Orders._all → [2,000] Order", 2_000, 1_234_567, null)],
    };
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    [Fact]
    public async Task MarkdownHasWhatWasFoundAndMarksWhatIsNew()
    {
        Assert.Equal(
            """
            # Diagnosis of process 7

            | verdict | signature | trace | objects added | bytes added | bytes retained | explanation |
            |---|---|---|---|---|---|---|
            | Leak (new) | `11111111` | `static Orders._all → [2,000] Action (<A>g__B\|0)` | 1,500 | 2,000 | 3,000 | without a bound |
            | Known | `22222222` | `static Pool → [5] Byte[]` | 4 | 400 | 500 | Kestrel's memory pool |

            | verdict | beside the managed heap | number added | bytes added | explanation |
            |---|---|---|---|---|
            | Leak | dynamic assemblies | 20 | 4,000 | never unloaded |

            | signature | trace | objects | bytes held | |
            |---|---|---|---|---|
            | `33333333` | `static Orders._all → [2,000] Order` | 2,000 | 1,234,567 |  |

            | s | objects | reachable bytes | resident bytes | pause, ms |
            |---|---|---|---|---|
            | 1.2 | 1,000 | 2,000,000 | 4,000,000 | 12 |
            | 5.0 | 3,000 | 4,000,000 |  |  |

            | type | objects | objects added | bytes | bytes added |
            |---|---|---|---|---|
            | `List<Order>` | 2,000 | 1,500 | 64,000 | 48,000 |

            """,
            await WriteAsync("report.md", _report with { Growths = [_report.Growths[1]] }));
    }

    [Fact]
    public async Task JsonIsReadAsItWasWritten()
    {
        await WriteAsync("report.json", baseline: null);

        Assert.Equivalent(_report, DiagnosisFiles.Read(PathOf("report.json")), strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Diagnosis of process 7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"growths":[null]}""")]
    [InlineData("""{"growths":[{"verdict":"Leak"}]}""")]
    public async Task WhatIsNoReportIsRefused(string text)
    {
        await File.WriteAllTextAsync(PathOf("report.json"), text, TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<LabException>(() => DiagnosisFiles.Read(PathOf("report.json")));

        Assert.Equal(CommandLine.Unreadable, refusal.ExitCode);
        Assert.Equal($"{PathOf("report.json")} is no report of a diagnosis as JSON.", refusal.Message);
    }

    [Theory]
    [InlineData("/no/such/folder/report.json")]
    [InlineData("/dev/full")]
    [InlineData("/tmp")]
    public async Task AFileThatCannotBeWrittenIsSaid(string file)
    {
        var failure = await Assert.ThrowsAsync<LabException>(
            () => DiagnosisFiles.WriteAsync(file, _report, null, TestContext.Current.CancellationToken));

        Assert.Equal(CommandLine.Unreadable, failure.ExitCode);
        Assert.StartsWith("The report cannot be written: ", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string file) => Path.Combine(_folder, file);

    private async Task<string> WriteAsync(string file, DiagnosisReport? baseline)
    {
        await DiagnosisFiles.WriteAsync(PathOf(file), _report, baseline, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(PathOf(file), TestContext.Current.CancellationToken);
    }
}
