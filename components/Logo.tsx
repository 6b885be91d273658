/** Four tiles of a mosaic; their colours are the first series of the theme. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <rect class="logo__a" x="2" y="2" width="9" height="13" rx="2.5" />
      <rect class="logo__b" x="13" y="2" width="9" height="7" rx="2.5" />
      <rect class="logo__c" x="2" y="17" width="9" height="5" rx="2" />
      <rect class="logo__d" x="13" y="11" width="9" height="11" rx="2.5" />
    </svg>
  );
}
