using Shop.Lab;
using Shop.Lab.Cases;

namespace Shop.Tests.Lab;

/// <summary>The cases that <c>prove --changed</c> proves.</summary>
public sealed class ChangedCasesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OnlyCasesWhoseFolderDiffersFromMainAreChanged()
    {
        await StartRepositoryAsync();
        Assert.Empty(await ChangedCases.ReadAsync(_folder, Cancellation));

        await GitAsync("checkout", "-q", "-b", "work");
        Write("Orders/OrderEvents/LeakyOrderEvents.cs", "committed");
        await CommitAsync();
        Write("Documents/DocumentCache/FixedDocumentCache.cs", "not committed");
        Write("Sessions/SessionStore/New.cs", "untracked");
        Write("Documents/DocumentsApi.cs", "no case's");

        Assert.Equal(
            ["DocumentCache", "OrderEvents", "SessionStore"],
            (await ChangedCases.ReadAsync(_folder, Cancellation)).Select(study => study.Id).Order());
    }

    [Fact]
    public async Task AFolderWithoutMainIsAnErrorThatNamesIt()
    {
        await RequireGitAsync();
        var error = await Assert.ThrowsAsync<LabException>(() => ChangedCases.ReadAsync(_folder, Cancellation));

        Assert.Contains("merge-base main HEAD", error.Message, StringComparison.Ordinal);
    }

    private async Task StartRepositoryAsync()
    {
        await RequireGitAsync();
        await GitAsync("init", "-q", "-b", "main");
        Write("Orders/OrderEvents/LeakyOrderEvents.cs", "");
        Write("Payments/PaymentPayload/LeakyPaymentPayload.cs", "");
        Write("Documents/DocumentCache/FixedDocumentCache.cs", "");
        Write("Documents/DocumentsApi.cs", "");
        await CommitAsync();
    }

    private static async Task RequireGitAsync()
    {
        try
        {
            await Repository.RunAsync("git", ["--version"], Path.GetTempPath(), Cancellation);
        }
        catch (LabException exception)
        {
            Assert.Skip(exception.Message);
        }
    }

    private async Task CommitAsync()
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Tests", "-c", "user.email=tests@localhost", "commit", "-q", "-m", "A change");
    }

    private async Task GitAsync(params string[] arguments)
    {
        var (exitCode, output) = await Repository.RunAsync("git", arguments, _folder, Cancellation);
        Assert.True(exitCode == 0, output);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, Path.GetDirectoryName(file)!));
        File.WriteAllText(Path.Combine(_folder, file), text);
    }
}
