namespace Foreign.Leaks;

public class Mailer
{
    public Task SendAsync(string address) => Task.Delay(address.Length);
}

public class SignUp(Mailer mailer)
{
    public async Task<bool> RegisterAsync(string address)
    {
        await Task.Yield();
        Task.Factory.StartNew(() => mailer.SendAsync(address));
        return true;
    }
}
