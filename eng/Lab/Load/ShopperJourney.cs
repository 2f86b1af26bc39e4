using System.Text.Json;

namespace Shop.Lab.Load;

/// <summary>One shopper's visit with one order: log in, fill the cart, place the order, learn how it ended, read what a customer reads.</summary>
internal sealed class ShopperJourney(LoadContext shop, Arrival arrival, TimeSpan lateness)
{
    private const int MaxProducts = 4;
    private const int MaxQuantity = 5;
    private static readonly byte[] EmptyOrder = "{}"u8.ToArray();
    private static readonly SessionBody Unknown = new("", []);
    private readonly Random _random = Randomness.Of(shop.Seed, arrival);
    // The shopper was due a little before this object was made.
    private readonly long _started = shop.Time.GetTimestamp();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var customer = shop.Customers.Choose(_random);
        if (await EnterAsync(customer, cancellationToken) is not { } session)
            return;
        using var socket = await OrderSocket.OpenAsync(shop.Addresses["sessions"], session.Id, shop.Connections, shop.Statistics, cancellationToken);
        if (await FillCartAsync(session, cancellationToken) is not { } cart || await PlaceAsync(session, socket, cancellationToken) is not { } order)
            return;
        await LeaveSocketAsync(socket, cancellationToken);
        await new CustomerReads(shop, _random, session.Id).ReadAsync(order, cancellationToken);
        await LeaveAsync(customer, session with { Ordered = cart }, cancellationToken);
    }

    /// <summary>Comes back to an open session, or logs in; also where the shop has forgotten the session, as it does when SessionStore is switched.</summary>
    private async Task<CustomerSession?> EnterAsync(int customer, CancellationToken cancellationToken)
    {
        if (_random.Is(Randomness.UseOpenSession) && shop.Customers.Take(customer) is { } open)
        {
            var found = await shop.Client.SendAsync(
                new(ShopRoute.Session, "/session", open.Id), ShopAnswers.Session, Unknown, cancellationToken);
            if (found != Unknown)
                return found is not null && await EmptyCartAsync(open, found.Cart, cancellationToken) ? open : null;
        }
        var body = JsonSerializer.SerializeToUtf8Bytes(new LogInBody(CustomerPool.NameOf(customer)), ShopJson.Default.LogInBody);
        return await shop.Client.SendAsync(new(ShopRoute.LogIn, "/sessions", Body: body), ShopAnswers.LoggedIn, cancellationToken) is { } loggedIn
            ? new(loggedIn.SessionId, LeftAt: 0, Ordered: [])
            : null;
    }

    /// <summary>Takes out what an earlier visit left in the cart, except what its order is about to take out.</summary>
    private async Task<bool> EmptyCartAsync(CustomerSession session, IReadOnlyList<CartLine> cart, CancellationToken cancellationToken)
    {
        foreach (var line in cart)
        {
            if (!session.Ordered.Contains(line.Sku) && !await RemoveAsync(session, line.Sku, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>Puts 1 to 4 products in the cart and changes one of them; returns them all, null if something failed.</summary>
    private async Task<IReadOnlyList<string>?> FillCartAsync(CustomerSession session, CancellationToken cancellationToken)
    {
        if (await ReadProductsAsync(cancellationToken) is not { Length: > MaxProducts * 3 } products)
            return null;
        var cart = new List<string>(MaxProducts);
        for (var count = _random.Next(1, MaxProducts + 1); cart.Count < count;)
        {
            var sku = products[_random.Next(products.Length)].Sku;
            if (cart.Contains(sku) || session.Ordered.Contains(sku))
                continue;
            if (!await SetAsync(session, sku, cancellationToken))
                return null;
            cart.Add(sku);
        }
        return await ChangeOneAsync(session, cart, cancellationToken) ? cart : null;
    }

    private async Task<bool> ChangeOneAsync(CustomerSession session, List<string> cart, CancellationToken cancellationToken)
    {
        var sku = cart[_random.Next(cart.Count)];
        if (cart.Count == 1 || _random.Is(0.5))
            return await SetAsync(session, sku, cancellationToken);
        cart.Remove(sku);
        return await RemoveAsync(session, sku, cancellationToken);
    }

    private async Task<ProductBody[]?> ReadProductsAsync(CancellationToken cancellationToken)
    {
        if (shop.Catalogue.Products is { Length: > 0 } known && !_random.Is(Randomness.ReadProducts))
            return known;
        var read = await shop.Client.SendAsync(new(ShopRoute.Products, "/products"), ShopAnswers.Products, cancellationToken);
        return read is null ? null : shop.Catalogue.Products = read;
    }

    private async Task<bool> SetAsync(CustomerSession session, string sku, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new QuantityBody(_random.Next(1, MaxQuantity + 1)), ShopJson.Default.QuantityBody);
        return await shop.Client.SendAsync(
            new(ShopRoute.SetItem, $"/session/cart/items/{sku}", session.Id, body), ShopAnswers.Session, cancellationToken) is not null;
    }

    private async Task<bool> RemoveAsync(CustomerSession session, string sku, CancellationToken cancellationToken)
        => await shop.Client.SendAsync(
            new(ShopRoute.RemoveItem, $"/session/cart/items/{sku}", session.Id), ShopAnswers.Session, cancellationToken) is not null;

    /// <summary>Places the order and waits for its end; null if either failed, which has been counted.</summary>
    private async Task<EndedOrder?> PlaceAsync(CustomerSession session, OrderSocket? socket, CancellationToken cancellationToken)
    {
        var placing = shop.Time.GetTimestamp();
        // Not by the seed: a second run with the same one would repeat the first run's orders and place none.
        var key = Guid.NewGuid().ToString("N");
        if (await shop.Client.SendAsync(new(ShopRoute.Place, "/orders", session.Id, EmptyOrder, IdempotencyKey: key), ShopAnswers.Placed, cancellationToken) is not { } placed)
            return null;
        if (await new OrderWatch(shop, session.Id, placed.OrderId).WaitAsync(socket, cancellationToken) is not { } outcome)
        {
            shop.Statistics.Unsettled();
            return null;
        }
        // What the generator was late stands in both times, so that its own trouble never makes the shop look faster.
        shop.Statistics.Decided(outcome, shop.Time.GetElapsedTime(placing) + lateness, shop.Time.GetElapsedTime(_started) + lateness);
        return new(placed.OrderId, outcome.Status);
    }

    private async Task LeaveSocketAsync(OrderSocket? socket, CancellationToken cancellationToken)
    {
        if (socket is not null && !_random.Is(Randomness.LoseConnection))
            await socket.CloseAsync(cancellationToken);
    }

    private async Task LeaveAsync(int customer, CustomerSession session, CancellationToken cancellationToken)
    {
        if (_random.Is(Randomness.LogOut))
            await shop.Client.SendAsync(new(ShopRoute.LogOut, "/session", session.Id), ShopAnswers.NothingAsync, cancellationToken);
        else
            shop.Customers.Leave(customer, session);
    }
}

/// <summary>An order whose end the customer knows.</summary>
internal sealed record EndedOrder(Guid OrderId, string Status);
