import { page } from "fresh";
import { Head } from "fresh/runtime";
import { TemplateCard } from "@/components/home/TemplateCard.tsx";
import { PageHeader } from "@/components/PageHeader.tsx";
import { PostButton } from "@/components/PostButton.tsx";
import { newDashboard, offerTemplates, startFromTemplate } from "@/lib/dashboard/mod.ts";
import { define } from "@/lib/define.ts";
import { readForm } from "@/lib/http/read_form.ts";

export const handlers = define.handlers({
  async GET(ctx) {
    const { services, viewer } = ctx.state;
    return page({ templates: await offerTemplates(services, viewer) });
  },
  /** Makes the dashboard and goes there; an empty one is opened for editing. */
  async POST(ctx) {
    const { services, viewer } = ctx.state;
    const form = await readForm(ctx.req);
    if (form.get("action") === "empty") {
      const { doc } = await newDashboard(services, viewer, "New dashboard");
      return ctx.redirect(`/dashboards/${encodeURIComponent(doc.id)}#edit`, 303);
    }
    const { doc } = await startFromTemplate(services, viewer, String(form.get("template") ?? ""));
    return ctx.redirect(`/dashboards/${encodeURIComponent(doc.id)}`, 303);
  },
});

export default define.page<typeof handlers>(function NewDashboard({ data }) {
  return (
    <>
      <Head>
        <title>New dashboard · Tessera</title>
      </Head>
      <PageHeader
        title="New dashboard"
        up={{ href: "/dashboards", title: "Dashboards" }}
        note="Choose what you want to know; it is filled with your data"
      >
        <PostButton action="/dashboards/new" name="empty">Start empty</PostButton>
      </PageHeader>
      <h2 class="visually-hidden">What to start from</h2>
      <div class="boards boards--templates">
        {data.templates.map((filled) => <TemplateCard key={filled.template.id} filled={filled} />)}
      </div>
    </>
  );
});
