using Shop.Documents.Thumbnails;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <content>The defects of Published.</content>
public sealed partial class ThumbnailsTests
{
    /// <summary>bigcache computes its first allocation from MaxEntrySize, in bytes; it refuses no entry because of it.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task AThumbnailAbove200KBIsServedButNotHeld(CaseVariant variant, long held)
    {
        const int length = FixedThumbnails.MaxEntryBytes + 1;
        Switch.Select(variant);

        Assert.Equal(TestThumbnails.Png(1, length), await FindAsync(1, length));
        Assert.Equal(held, Switch.HeldItems);
        Assert.Empty(Directory.GetFiles(_path));
    }

    /// <summary>Each of 100 callers finds nothing and renders.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 100)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task AHundredCallersShareOneRendering(CaseVariant variant, int renderings)
    {
        Switch.Select(variant);
        var rendered = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = Enumerable.Range(0, 100).Select(_ => Current.FindAsync(TestThumbnails.Document(1), async (_, _) =>
        {
            Interlocked.Increment(ref _renderings);
            return await rendered.Task;
        }, Cancellation).AsTask()).ToList();
        rendered.SetResult(TestThumbnails.Png(1, Length));

        Assert.All(await Task.WhenAll(found), png => Assert.Equal(TestThumbnails.Png(1, Length), png));
        Assert.Equal(renderings, _renderings);
    }

    /// <summary>The LRU's size is a number of entries, whatever the comment beside it says.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task TheBoundIsOneOfBytes(CaseVariant variant, bool isBounded)
    {
        Switch.Select(variant);
        for (var number = 0; number < 3 * Capacity; number++)
            await FindAsync(number);

        Assert.Equal(isBounded, Switch.HeldItems * FixedThumbnails.TypicalBytes <= Capacity * FixedThumbnails.TypicalBytes);
        Assert.Equal(!isBounded, Switch.HeldItems == 3 * Capacity);
    }
}
