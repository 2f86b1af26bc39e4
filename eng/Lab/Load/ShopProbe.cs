namespace Shop.Lab.Load;

/// <summary>Looks whether the shop is there: if it is not, that is one line and not a thousand errors.</summary>
internal static class ShopProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Asks each service whether it is alive.</summary>
    /// <exception cref="LabException">One does not answer.</exception>
    public static async Task RequireAsync(ShopAddresses addresses, HttpMessageInvoker connections, CancellationToken cancellationToken)
    {
        var alive = await Task.WhenAll(ShopAddresses.Names.Select(
            async service => (Service: service, Answers: await IsAliveAsync(addresses[service], connections, cancellationToken))));
        var missing = alive.Where(service => !service.Answers)
            .Select(service => $"{service.Service} ({addresses[service.Service].GetLeftPart(UriPartial.Authority)})").ToList();
        if (missing.Count > 0)
            {
            throw new LabException(
                $"The shop is not up: no answer from {string.Join(", ", missing)}. Start it with: dotnet run --project AppHost");
        }
    }

    private static async Task<bool> IsAliveAsync(Uri address, HttpMessageInvoker connections, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/alive"));
            using var response = await connections.SendAsync(request, timeout.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
