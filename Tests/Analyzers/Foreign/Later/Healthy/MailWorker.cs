using System.Collections.Concurrent;

namespace Foreign.Later.Healthy;

public sealed class MailWorker(BlockingCollection<string> mails, Action<string> send, Action<string, Exception> park)
{
    public void Run()
    {
        foreach (var mail in mails.GetConsumingEnumerable())
        {
            try
            {
                send(mail);
            }
            catch (Exception problem)
            {
                park(mail, problem);
            }
        }
    }
}
