using Shop.ServiceDefaults;

namespace Shop.Tests.Defaults;

public sealed class DurationTests
{
    [Theory]
    [InlineData("00:00:10", 10)]
    [InlineData("24:00:00", 86_400)]
    [InlineData("00:00:00.25", 0.25)]
    public void TheFormatOfConfigurationIsHoursMinutesAndSeconds(string text, double seconds)
    {
        Assert.True(Durations.TryParseFraction(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10:00")]
    [InlineData("1.00:00:00")]
    [InlineData("00:00:60")]
    [InlineData("00:60:00")]
    [InlineData("-00:00:01")]
    [InlineData("00:00:1,5")]
    [InlineData("00:00:-1")]
    public void AnotherFormatIsRejected(string text) => Assert.False(Durations.TryParseFraction(text, out _));
}
